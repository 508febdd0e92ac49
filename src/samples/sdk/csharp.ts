// A call with TencentCloudSDK for .NET.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { jsonText } from '../json-text.ts';
import { quoteText } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('csharp', text);
const LANGUAGES = { 'en-US': 'EN_US', 'zh-CN': 'ZH_CN' } as const;

export function writeCsharpSdk(call: SignedCall): string {
  const { product, module, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language =
    call.language === undefined ? '' : `clientProfile.Language = Language.${LANGUAGES[call.language]};\n`;
  const root = `TencentCloud.${module}.${version.toUpperCase()}`;
  const imported = typed ? `using ${root};\nusing ${root}.Models;\n` : '';
  const input = q(jsonText(call.input));
  const asked = typed
    ? `var client = new ${module}Client(credential, "", clientProfile);
var request = AbstractModel.FromJsonString<${action}Request>(
    ${input});
var response = await client.${action}(request);
Console.WriteLine(AbstractModel.ToJsonString(response));`
    : `var client = new CommonClient(${q(product)}, ${q(call.version)}, credential, "", clientProfile);
Console.WriteLine(await client.CallAsync(new CommonRequest(${input}), ${q(action)}));`;
  return `using TencentCloud.Common;
using TencentCloud.Common.Profile;
${imported}
var credential = new Credential
{
    SecretId = Environment.GetEnvironmentVariable("${SECRET_ID_VARIABLE}"),
    SecretKey = Environment.GetEnvironmentVariable("${SECRET_KEY_VARIABLE}"),
};
var httpProfile = new HttpProfile { Endpoint = ${q(endpoint)}, Protocol = "${scheme}://" };
var clientProfile = new ClientProfile(ClientProfile.SIGN_TC3SHA256, httpProfile);
${language}${asked}
`;
}
