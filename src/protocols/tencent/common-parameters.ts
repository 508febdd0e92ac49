// The parameters that every call has beside its own, for reference pages: headers of a TC3 request, parameters of an older
// signature. {action} and {version} stand for those of the call.

import type { Bilingual } from '../../core/action.ts';
import type { CommonParameter } from '../../core/common-parameter.ts';

export const COMMON_PARAMETERS: readonly CommonParameter[] = [
  row('Action', 'string', true, {
    en: 'The call: {action}. Header X-TC-Action.',
    zh: '接口名，本接口取值：{action}。请求头 X-TC-Action。',
  }),
  row('Version', 'string', true, {
    en: 'Version of the API: {version}. Header X-TC-Version.',
    zh: '接口版本，本接口取值：{version}。请求头 X-TC-Version。',
  }),
  row('Region', 'string', false, {
    en: 'Not needed: whatever stands there is accepted. Header X-TC-Region.',
    zh: '本接口不需要，传入任何值均可。请求头 X-TC-Region。',
  }),
  row('Timestamp', 'integer', true, {
    en: 'UNIX time in seconds; five minutes off the clock of the server at most, unless it is set otherwise. Header X-TC-Timestamp.',
    zh: '当前 UNIX 时间戳（秒），与服务器时间相差默认不得超过五分钟。请求头 X-TC-Timestamp。',
  }),
  row('Language', 'string', false, {
    en: 'Of messages and descriptions: zh-CN or en-US. Header X-TC-Language.',
    zh: '返回信息的语言：zh-CN 或 en-US。请求头 X-TC-Language。',
  }),
  row('Token', 'string', false, {
    en: 'Of temporary keys, which there are none of here: leave it out. Header X-TC-Token.',
    zh: '临时密钥的 Token；此处没有临时密钥，请勿传入。请求头 X-TC-Token。',
  }),
  row('Authorization', 'string', true, {
    en: 'The TC3-HMAC-SHA256 signature: a header. HmacSHA1 and HmacSHA256 have SecretId, Nonce, SignatureMethod and Signature instead, and all of these as parameters.',
    zh: 'TC3-HMAC-SHA256 签名，放在请求头中。HmacSHA1、HmacSHA256 签名改用参数 SecretId、Nonce、SignatureMethod 和 Signature，以上各项均作为参数传入。',
  }),
];

function row(
  name: string,
  type: CommonParameter['type'],
  required: boolean,
  title: Bilingual,
): CommonParameter {
  return { name, type, required, title };
}
