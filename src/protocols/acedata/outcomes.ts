// Outcome -> result code and description, per action: exhaustive by the compiler. Texts are those of the vendor's guides,
// English and Chinese; outcomes that the guides do not know have the nearest published code (DIVERGENCES.md).

import type { identityMatch } from '../../actions/identity-match.ts';
import type { lineStatus } from '../../actions/line-status.ts';
import type { nameMatch } from '../../actions/name-match.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';

export interface WireResult {
  readonly result: string;
  readonly en: string;
  readonly zh: string;
}

export type IdentityCodes = 'published' | 'tencent';

type Results<A extends { readonly outcomes: object }> = Readonly<Record<keyof A['outcomes'], WireResult>>;
/** The guide has no result code for the daily limit there: it shows as an error. */
type StatusResults = Omit<Results<typeof lineStatus>, 'daily_limit'>;

const RANGE = { en: 'The number range is unsupported for verification', zh: '该号段不支持验证' };
const ID_CARD = { en: 'Identity number error', zh: '身份证号码有误' };

const LINE_STATUS = {
  known: { result: '0', en: 'Success', zh: '成功' },
  no_record: { result: '-1', en: 'No results found', zh: '未查询到结果' },
  number_invalid: { result: '-2', en: 'Mobile number format is incorrect', zh: '手机号格式不正确' },
  source_busy: { result: '-3', en: 'Verification center service is busy', zh: '验证中心服务繁忙' },
  range_unsupported: { result: '-1', ...RANGE },
} satisfies StatusResults;

const NAME_MATCH = {
  match: { result: '0', en: 'Verification result is consistent', zh: '验证结果一致' },
  mismatch: { result: '1', en: 'Verification result is inconsistent', zh: '验证结果不一致' },
  no_record: { result: '-1', en: 'No record found', zh: '查无记录' },
  source_error: { result: '-2', en: 'Unknown engine error', zh: '引擎未知错误' },
  source_failed: { result: '-3', en: 'Engine service exception', zh: '引擎服务异常' },
  name_invalid: { result: '-4', en: 'Name verification failed', zh: '姓名校验不通过' },
  number_invalid: { result: '-5', en: 'Mobile number is invalid', zh: '手机号码不合法' },
  daily_limit: {
    result: '-6',
    en: 'Authentication attempts exceeded the daily limit, please try again the next day',
    zh: '认证次数超过当日限制，请次日重试',
  },
  range_unsupported: { result: '-1', ...RANGE },
} satisfies Results<typeof nameMatch>;

const MATCH = { en: 'Authentication passed', zh: '认证通过' };

/** The guide prints the codes of check-2e. */
const IDENTITY_MATCH = {
  match: { result: '0', ...MATCH },
  mismatch: NAME_MATCH.mismatch,
  no_record: NAME_MATCH.no_record,
  source_busy: NAME_MATCH.source_failed,
  source_error: NAME_MATCH.source_error,
  name_invalid: NAME_MATCH.name_invalid,
  id_card_invalid: { result: '-4', ...ID_CARD },
  number_invalid: NAME_MATCH.number_invalid,
  daily_limit: NAME_MATCH.daily_limit,
  range_unsupported: { result: '-1', ...RANGE },
} satisfies Results<typeof identityMatch>;

const CENTER_BUSY = { result: '-11', en: 'The Verification Center Service is busy', zh: '验证中心服务繁忙' };

/** Those of the upstream that the call's fields are copied from. */
const IDENTITY_MATCH_UPSTREAM = {
  match: { result: '0', ...MATCH },
  mismatch: { result: '-4', en: 'Information inconsistency', zh: '信息不一致' },
  number_invalid: { result: '-6', en: 'Invalid phone number', zh: '手机号码不合法' },
  id_card_invalid: { result: '-7', ...ID_CARD },
  name_invalid: { result: '-8', en: 'Name verification failed', zh: '姓名校验不通过' },
  no_record: { result: '-9', en: 'No records', zh: '没有记录' },
  source_busy: CENTER_BUSY,
  source_error: CENTER_BUSY,
  daily_limit: { ...NAME_MATCH.daily_limit, result: '-12' },
  range_unsupported: { result: '-13', ...RANGE },
} satisfies Results<typeof identityMatch>;

/** undefined where the action has no result code for it. */
export type FindResult = (action: string, outcome: OutcomeCode) => WireResult | undefined;

export function createResults(identityCodes: IdentityCodes): FindResult {
  type AnyResults = Readonly<Partial<Record<OutcomeCode, WireResult>>>;
  const results = new Map<string, AnyResults>([
    ['line-status', LINE_STATUS],
    ['name-match', NAME_MATCH],
    ['identity-match', identityCodes === 'tencent' ? IDENTITY_MATCH_UPSTREAM : IDENTITY_MATCH],
  ]);
  return (action, outcome) => results.get(action)?.[outcome];
}
