// A signed call in Ruby, with its standard library.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { quoteText, writeValue } from '../literals.ts';

const q = (text: string) => quoteText('ruby', text);

export function writeSignedRuby(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language = call.language === undefined ? '' : `  "X-TC-Language" => ${q(call.language)},\n`;
  return `# encoding: utf-8
require "digest"
require "json"
require "net/http"
require "openssl"

secret_id = ENV.fetch("${SECRET_ID_VARIABLE}")
secret_key = ENV.fetch("${SECRET_KEY_VARIABLE}")
host = ${q(host)}
path = ${q(path)}
service = ${q(call.product)}
content_type = "application/json; charset=utf-8"
payload = JSON.generate(${writeValue('ruby', call.input)})
now = Time.now.utc
date = now.strftime("%Y-%m-%d")

def sign(key, text)
  OpenSSL::HMAC.digest("SHA256", key, text)
end

canonical = [
  "POST",
  path,
  "",
  "content-type:#{content_type}",
  "host:#{host}",
  "",
  "content-type;host",
  Digest::SHA256.hexdigest(payload),
].join("\\n")
scope = "#{date}/#{service}/tc3_request"
text = ["TC3-HMAC-SHA256", now.to_i, scope, Digest::SHA256.hexdigest(canonical)].join("\\n")
key = sign(sign(sign("TC3#{secret_key}", date), service), "tc3_request")
signature = sign(key, text).unpack1("H*")

response = Net::HTTP.post(
  URI(${q(url)}),
  payload,
  "Authorization" => "TC3-HMAC-SHA256 Credential=#{secret_id}/#{scope}, SignedHeaders=content-type;host, Signature=#{signature}",
  "Content-Type" => content_type,
  "X-TC-Action" => ${q(call.action)},
  "X-TC-Version" => ${q(call.version)},
  "X-TC-Timestamp" => now.to_i.to_s,
${language})
puts response.body
`;
}
