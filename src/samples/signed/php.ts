// A signed call in PHP 7.3 and later, without an extension.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { quoteText, writeValue } from '../literals.ts';

const q = (text: string) => quoteText('php', text);

export function writeSignedPhp(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language = call.language === undefined ? '' : `        "X-TC-Language: " . ${q(call.language)},\n`;
  return `<?php
$secretId = getenv("${SECRET_ID_VARIABLE}");
$secretKey = getenv("${SECRET_KEY_VARIABLE}");
$host = ${q(host)};
$path = ${q(path)};
$service = ${q(call.product)};
$contentType = "application/json; charset=utf-8";
$payload = json_encode(${writeValue('php', call.input)});
$timestamp = time();
$date = gmdate("Y-m-d", $timestamp);

$canonical = implode("\\n", [
    "POST",
    $path,
    "",
    "content-type:$contentType",
    "host:$host",
    "",
    "content-type;host",
    hash("sha256", $payload),
]);
$scope = "$date/$service/tc3_request";
$text = implode("\\n", ["TC3-HMAC-SHA256", $timestamp, $scope, hash("sha256", $canonical)]);
$key = hash_hmac("sha256", $date, "TC3" . $secretKey, true);
$key = hash_hmac("sha256", $service, $key, true);
$key = hash_hmac("sha256", "tc3_request", $key, true);
$signature = hash_hmac("sha256", $text, $key);

echo file_get_contents(${q(url)}, false, stream_context_create(["http" => [
    "method" => "POST",
    "ignore_errors" => true,
    "protocol_version" => 1.1,
    "header" => [
        "Authorization: TC3-HMAC-SHA256 Credential=$secretId/$scope, SignedHeaders=content-type;host, Signature=$signature",
        "Connection: close",
        "Content-Type: $contentType",
        "X-TC-Action: " . ${q(call.action)},
        "X-TC-Version: " . ${q(call.version)},
        "X-TC-Timestamp: $timestamp",
${language}    ],
    "content" => $payload,
]])), "\\n";
`;
}
