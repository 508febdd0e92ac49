// A signed call in Node, with what comes with it.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { quoteText, writeValue } from '../literals.ts';

const q = (text: string) => quoteText('javascript', text);

export function writeSignedNode(call: SignedCall): string {
  const language = call.language === undefined ? '' : `    "X-TC-Language": ${q(call.language)},\n`;
  return `import { createHash, createHmac } from "node:crypto";

const { ${SECRET_ID_VARIABLE}: secretId, ${SECRET_KEY_VARIABLE}: secretKey } = process.env;
const url = new URL(${q(readEndpoint(call.endpoint).url)});
const service = ${q(call.product)};
const contentType = "application/json; charset=utf-8";
const payload = JSON.stringify(${writeValue('javascript', call.input)});
const timestamp = Math.floor(Date.now() / 1000);
const date = new Date(timestamp * 1000).toISOString().slice(0, 10);

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const sign = (key, text) => createHmac("sha256", key).update(text).digest();

const canonical = [
  "POST",
  url.pathname,
  "",
  \`content-type:\${contentType}\`,
  \`host:\${url.host}\`,
  "",
  "content-type;host",
  sha256(payload),
].join("\\n");
const scope = \`\${date}/\${service}/tc3_request\`;
const text = ["TC3-HMAC-SHA256", timestamp, scope, sha256(canonical)].join("\\n");
const key = sign(sign(sign(\`TC3\${secretKey}\`, date), service), "tc3_request");
const signature = sign(key, text).toString("hex");

const response = await fetch(url, {
  method: "POST",
  headers: {
    Authorization: \`TC3-HMAC-SHA256 Credential=\${secretId}/\${scope}, SignedHeaders=content-type;host, Signature=\${signature}\`,
    "Content-Type": contentType,
    "X-TC-Action": ${q(call.action)},
    "X-TC-Version": ${q(call.version)},
    "X-TC-Timestamp": String(timestamp),
${language}  },
  body: payload,
});
console.log(await response.text());
`;
}
