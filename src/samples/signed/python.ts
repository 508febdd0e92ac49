// A signed call in Python 3, with its standard library.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { quoteText, writeValue } from '../literals.ts';

const q = (text: string) => quoteText('python', text);

export function writeSignedPython(call: SignedCall): string {
  const { scheme, host, path } = readEndpoint(call.endpoint);
  const language = call.language === undefined ? '' : `    "X-TC-Language": ${q(call.language)},\n`;
  const connection = scheme === 'http' ? 'HTTPConnection' : 'HTTPSConnection';
  return `import hashlib
import hmac
import http.client
import json
import os
import time

secret_id = os.environ["${SECRET_ID_VARIABLE}"]
secret_key = os.environ["${SECRET_KEY_VARIABLE}"]
host = ${q(host)}
path = ${q(path)}
service = ${q(call.product)}
content_type = "application/json; charset=utf-8"
payload = json.dumps(${writeValue('python', call.input)})
timestamp = int(time.time())
date = time.strftime("%Y-%m-%d", time.gmtime(timestamp))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


canonical = "\\n".join([
    "POST",
    path,
    "",
    f"content-type:{content_type}",
    f"host:{host}",
    "",
    "content-type;host",
    sha256(payload),
])
scope = f"{date}/{service}/tc3_request"
text = "\\n".join(["TC3-HMAC-SHA256", str(timestamp), scope, sha256(canonical)])
key = sign(sign(sign(f"TC3{secret_key}".encode(), date), service), "tc3_request")
signature = sign(key, text).hex()

connection = http.client.${connection}(host)
connection.request("POST", path, payload.encode(), {
    "Authorization": f"TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders=content-type;host, Signature={signature}",
    "Content-Type": content_type,
    "Host": host,
    "X-TC-Action": ${q(call.action)},
    "X-TC-Version": ${q(call.version)},
    "X-TC-Timestamp": str(timestamp),
${language}})
print(connection.getresponse().read().decode())
`;
}
