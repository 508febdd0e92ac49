// Habits of clients that sign with the older method.

import type { StepName } from '../../domain/diagnosis.ts';
import { change, commonHabits, type Habit } from './habits.ts';

/** Everything that goes into a signature of the older method. */
export interface V1Texts {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly algorithm: 'HmacSHA1' | 'HmacSHA256';
  readonly secretKey: string;
}

type Pairs = V1Texts['parameters'];

function parameters(
  finding: string,
  en: string,
  zh: string,
  make: (pairs: Pairs) => Pairs,
  step: StepName = 'parameters',
): Habit<V1Texts> {
  return {
    ...{ step, finding, en, zh },
    change(signed) {
      const made = make(signed.parameters);
      return JSON.stringify(made) === JSON.stringify(signed.parameters)
        ? undefined
        : { ...signed, parameters: made };
    },
  };
}

const mapValues = (pairs: Pairs, map: (value: string) => string): Pairs =>
  pairs.map(([name, value]) => [name, map(value)] as const);

export const V1_HABITS: readonly Habit<V1Texts>[] = [
  ...commonHabits<V1Texts>(),
  parameters(
    'empty_region_dropped',
    'The client left empty parameters, such as Region, out of what it signed, and sent them.',
    '客户端签名时忽略了空参数（如 Region），但仍然发送了它们。',
    (pairs) => pairs.filter(([, value]) => value !== ''),
    'region',
  ),
  parameters(
    'empty_region_unsent',
    'The client signed an empty Region, and did not send it.',
    '客户端签名了空的 Region 参数，但没有发送它。',
    (pairs) =>
      pairs.some(([name]) => name === 'Region')
        ? pairs
        : [...pairs, ['Region', ''] as const].sort(([a], [b]) => (a < b ? -1 : 1)),
    'region',
  ),
  parameters(
    'parameters_line_end',
    'The form was sent with a line end behind it, which became part of its last value.',
    '发送的表单末尾多出换行，成为最后一个参数值的一部分。',
    (pairs) => mapValues(pairs, (value) => value.replace(/[\r\n]+$/, '')),
  ),
  parameters(
    'values_encoded',
    'The client signed the values percent-encoded; they must be signed as they are.',
    '客户端签名了 URL 编码后的值，应签名原始值。',
    (pairs) => mapValues(pairs, encodeURIComponent),
  ),
  parameters(
    'values_encoded',
    'The client signed the values form-encoded; they must be signed as they are.',
    '客户端签名了表单编码后的值，应签名原始值。',
    (pairs) => mapValues(pairs, (value) => encodeURIComponent(value).replaceAll('%20', '+')),
  ),
  parameters(
    'sorted_without_case',
    'The client sorted the parameters without regard to case; capitals come first.',
    '客户端排序时忽略了大小写，应按 ASCII 码排序（大写在前）。',
    (pairs) => [...pairs].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  ),
  parameters(
    'sorted_by_number',
    'The client sorted the numbers of list members by value; they are sorted as text.',
    '客户端按数值对列表下标排序，应按文本排序。',
    (pairs) => [...pairs].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  ),
  parameters(
    'method_unsigned',
    'The client left SignatureMethod out of what it signed.',
    '客户端签名时遗漏了 SignatureMethod。',
    (pairs) => pairs.filter(([name]) => name !== 'SignatureMethod'),
  ),
  {
    step: 'algorithm',
    finding: 'algorithm_other',
    en: 'The client signed with the other algorithm than SignatureMethod says.',
    zh: '客户端使用的算法与 SignatureMethod 不一致。',
    change: change('algorithm', ({ algorithm }) => (algorithm === 'HmacSHA1' ? 'HmacSHA256' : 'HmacSHA1')),
  },
];
