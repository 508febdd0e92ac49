// A call with tencentcloud-sdk-python.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { quoteText, writeValue } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('python', text);

export function writePythonSdk(call: SignedCall): string {
  const { product, module, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language = call.language === undefined ? '' : `, language=${q(call.language)}`;
  const imported = typed
    ? `from tencentcloud.${product}.${version} import ${product}_client, models`
    : 'from tencentcloud.common.common_client import CommonClient';
  const input = writeValue('python', call.input);
  const asked = typed
    ? `client = ${product}_client.${module}Client(credentials, "", client_profile)
request = models.${action}Request()
request.from_json_string(json.dumps(${input}))
try:
    print(client.${action}(request).to_json_string())`
    : `client = CommonClient(${q(product)}, ${q(call.version)}, credentials, "", client_profile)
parameters = ${input}
try:
    print(json.dumps(client.call_json(${q(action)}, parameters)))`;
  return `import json
import os

from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
${imported}

credentials = credential.Credential(os.environ["${SECRET_ID_VARIABLE}"], os.environ["${SECRET_KEY_VARIABLE}"])
http_profile = HttpProfile(protocol="${scheme}", endpoint=${q(endpoint)})
client_profile = ClientProfile(httpProfile=http_profile, signMethod="TC3-HMAC-SHA256"${language})
${asked}
except TencentCloudSDKException as error:
    print(error)
`;
}
