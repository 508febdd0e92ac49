// A call with tencentcloud-sdk-ruby. It has no client for any action: one that it does not know goes through the product's.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { quoteText, writeValue } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('ruby', text);

export function writeRubySdk(call: SignedCall): string {
  const { product, module, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language = call.language === undefined ? '' : `client_profile.language = ${q(call.language)}\n`;
  const root = `TencentCloud::${module}::${version.toUpperCase()}`;
  const input = writeValue('ruby', call.input, 2);
  const asked = typed
    ? `  request = ${root}::${action}Request.new
  request.deserialize(${input})
  puts client.${action}(request).serialize`
    : `  puts client.send_request(${q(action)}, ${input})`;
  return `# encoding: utf-8
require "tencentcloud-sdk-common"
require "tencentcloud-sdk-${product}"

credential = TencentCloud::Common::Credential.new(ENV.fetch("${SECRET_ID_VARIABLE}"), ENV.fetch("${SECRET_KEY_VARIABLE}"))
http_profile = TencentCloud::Common::HttpProfile.new
http_profile.scheme = "${scheme}"
http_profile.endpoint = ${q(endpoint)}
client_profile = TencentCloud::Common::ClientProfile.new
client_profile.sign_method = "TC3-HMAC-SHA256"
client_profile.http_profile = http_profile
${language}client = ${root}::Client.new(credential, "", client_profile)
begin
${asked}
rescue TencentCloud::Common::TencentCloudSDKException => error
  puts error.message
end
`;
}
