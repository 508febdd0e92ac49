// A call with tencentcloud-sdk-php.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { quoteText, writeValue } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('php', text);

export function writePhpSdk(call: SignedCall): string {
  const { product, module, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language = call.language === undefined ? '' : `$clientProfile->setLanguage(${q(call.language)});\n`;
  const root = `TencentCloud\\${module}\\${version.toUpperCase()}`;
  const imported = typed
    ? `use ${root}\\${module}Client;\nuse ${root}\\Models\\${action}Request;`
    : 'use TencentCloud\\Common\\CommonClient;';
  const input = writeValue('php', call.input);
  const asked = typed
    ? `$client = new ${module}Client($credential, "", $clientProfile);
$request = new ${action}Request();
$request->fromJsonString(json_encode(${input}));
try {
    echo $client->${action}($request)->toJsonString(), "\\n";`
    : `$client = new CommonClient(${q(product)}, ${q(call.version)}, $credential, "", $clientProfile);
try {
    echo json_encode($client->callJson(${q(action)}, ${input})), "\\n";`;
  return `<?php
require __DIR__ . "/vendor/autoload.php";

use TencentCloud\\Common\\Credential;
use TencentCloud\\Common\\Exception\\TencentCloudSDKException;
use TencentCloud\\Common\\Profile\\ClientProfile;
use TencentCloud\\Common\\Profile\\HttpProfile;
${imported}

$credential = new Credential(getenv("${SECRET_ID_VARIABLE}"), getenv("${SECRET_KEY_VARIABLE}"));
$httpProfile = new HttpProfile("${scheme}://", ${q(endpoint)});
$clientProfile = new ClientProfile("TC3-HMAC-SHA256", $httpProfile);
${language}${asked}
} catch (TencentCloudSDKException $error) {
    echo $error, "\\n";
}
`;
}
