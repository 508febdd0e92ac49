// A signed call in sh: openssl signs, curl sends.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { jsonText } from '../json-text.ts';
import { quoteForShell as q } from '../literals.ts';

export function writeSignedCurl(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language = call.language === undefined ? '' : `  -H ${q(`X-TC-Language: ${call.language}`)} \\\n`;
  return `#!/bin/sh
# The secret is passed to openssl as an argument: on a machine that others use, prefer one of the other samples.
set -eu
host=${q(host)}
path=${q(path)}
service=${q(call.product)}
content_type='application/json; charset=utf-8'
payload=${q(jsonText(call.input))}
set -- $(date -u '+%s %Y-%m-%d')
timestamp=$1
date=$2

sha256() { printf %s "$1" | openssl dgst -sha256 -r | cut -d ' ' -f 1; }
sign() { printf %s "$2" | openssl dgst -sha256 -mac HMAC -macopt "$1" -r | cut -d ' ' -f 1; }

canonical=$(printf 'POST\\n%s\\n\\ncontent-type:%s\\nhost:%s\\n\\ncontent-type;host\\n%s' \\
  "$path" "$content_type" "$host" "$(sha256 "$payload")")
scope="$date/$service/tc3_request"
text=$(printf 'TC3-HMAC-SHA256\\n%s\\n%s\\n%s' "$timestamp" "$scope" "$(sha256 "$canonical")")
key=$(sign "key:TC3$${SECRET_KEY_VARIABLE}" "$date")
key=$(sign "hexkey:$key" "$service")
key=$(sign "hexkey:$key" tc3_request)
signature=$(sign "hexkey:$key" "$text")

curl -sS ${q(url)} \\
  -H "Authorization: TC3-HMAC-SHA256 Credential=$${SECRET_ID_VARIABLE}/$scope, SignedHeaders=content-type;host, Signature=$signature" \\
  -H "Content-Type: $content_type" \\
  -H ${q(`X-TC-Action: ${call.action}`)} \\
  -H ${q(`X-TC-Version: ${call.version}`)} \\
  -H "X-TC-Timestamp: $timestamp" \\
${language}  --data-raw "$payload"
`;
}
