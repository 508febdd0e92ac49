// A call with tencentcloud-sdk-java.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { jsonText } from '../json-text.ts';
import { quoteText } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('java', text);
const LANGUAGES = { 'en-US': 'EN_US', 'zh-CN': 'ZH_CN' } as const;

export function writeJavaSdk(call: SignedCall): string {
  const { product, module, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const spoken = call.language === undefined ? undefined : LANGUAGES[call.language];
  const language =
    spoken === undefined
      ? ''
      : `        clientProfile.setLanguage(com.tencentcloudapi.common.profile.Language.${spoken});\n`;
  const root = `com.tencentcloudapi.${product}.${version}`;
  const imported = typed
    ? `import ${root}.${module}Client;\nimport ${root}.models.${action}Request;\nimport ${root}.models.${action}Response;`
    : 'import com.tencentcloudapi.common.CommonClient;';
  const input = q(jsonText(call.input));
  const asked = typed
    ? `        ${module}Client client = new ${module}Client(credential, "", clientProfile);
        ${action}Request request = ${action}Request.fromJsonString(
            ${input}, ${action}Request.class);
        ${action}Response response = client.${action}(request);
        System.out.println(${action}Response.toJsonString(response));`
    : `        CommonClient client = new CommonClient(${q(product)}, ${q(call.version)}, credential, "", clientProfile);
        System.out.println(client.call(${q(action)}, ${input}));`;
  return `import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
${imported}

public class Sample {
    public static void main(String[] arguments) throws Exception {
        Credential credential =
            new Credential(System.getenv("${SECRET_ID_VARIABLE}"), System.getenv("${SECRET_KEY_VARIABLE}"));
        HttpProfile httpProfile = new HttpProfile();
        httpProfile.setEndpoint(${q(endpoint)});
        httpProfile.setProtocol("${scheme}://");
        ClientProfile clientProfile = new ClientProfile();
        clientProfile.setHttpProfile(httpProfile);
        clientProfile.setSignMethod("TC3-HMAC-SHA256");
${language}${asked}
    }
}
`;
}
