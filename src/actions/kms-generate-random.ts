// Gives strong random bytes (Tencent kms GenerateRandom).

import { defineAction } from '../core/action.ts';
import { Type } from '../core/json-schema.ts';
import { completed, PLATFORM_ACTION, readByteCount } from './kms-fields.ts';

const NAME = 'kms-generate-random';

export const kmsGenerateRandom = defineAction({
  ...PLATFORM_ACTION,
  name: NAME,
  summary: { en: 'Gives random bytes.', zh: '生成随机数。' },
  input: Type.Object({
    numberOfBytes: Type.Integer({
      title: 'How many bytes, 1 to 1,024.',
      titleZh: '随机数的长度，1-1024。',
      example: 16,
    }),
  }),
  output: Type.Object({
    plaintext: Type.String({
      sensitive: true,
      title: 'The bytes in Base64.',
      titleZh: 'Base64 编码的随机数。',
    }),
  }),
  faults: ['parameter_invalid'],
  priceKey: () => NAME,
  examples: [{ title: { en: '16 bytes', zh: '16 字节' }, input: { numberOfBytes: 16 } }],
  prepare(input, { random }) {
    return completed({ plaintext: random.bytes(readByteCount(input.numberOfBytes)).toString('base64') });
  },
});
