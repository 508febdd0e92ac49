// A call with tencentcloud-sdk-nodejs.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { quoteText, writeValue } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('javascript', text);

export function writeNodeSdk(call: SignedCall): string {
  const { product, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language = call.language === undefined ? '' : `\n    language: ${q(call.language)},`;
  const client = typed
    ? `const { Client } = require("tencentcloud-sdk-nodejs/tencentcloud/services/${product}/${version}").${version};`
    : `const { CommonClient } = require("tencentcloud-sdk-nodejs/tencentcloud/common");`;
  const created = typed ? 'new Client({' : `new CommonClient(${q(endpoint)}, ${q(call.version)}, {`;
  const input = writeValue('javascript', call.input);
  const asked = typed ? `client.${action}(${input})` : `client.request(${q(action)}, ${input})`;
  return `${client}

const client = ${created}
  credential: {
    secretId: process.env.${SECRET_ID_VARIABLE},
    secretKey: process.env.${SECRET_KEY_VARIABLE},
  },
  region: "",
  profile: {${language}
    httpProfile: { endpoint: ${q(endpoint)}, protocol: "${scheme}://" },
  },
});

${asked}.then(
  (answer) => console.log(JSON.stringify(answer)),
  (error) => console.error(error.code, error.message),
);
`;
}
