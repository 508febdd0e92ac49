// Outcome -> result code and description, per action: exhaustive by the compiler. English descriptions: the ones of the
// documented examples where there is one, else the documented meaning of the code; Chinese ones from the vendor's SDK.

import type { identityMatch } from '../../actions/identity-match.ts';
import type { lineStatus } from '../../actions/line-status.ts';
import type { lineTenure } from '../../actions/line-tenure.ts';
import type { nameMatch } from '../../actions/name-match.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';

export interface WireResult {
  readonly result: string;
  readonly en: string;
  readonly zh: string;
}

type Results<A extends { readonly outcomes: object }> = Readonly<Record<keyof A['outcomes'], WireResult>>;
/** The actions for one carrier document no result code for the daily limit: it shows as an error. */
type CarrierResults = Omit<Results<typeof identityMatch>, 'daily_limit'>;

const DAILY_LIMIT = {
  en: 'Authentication attempts exceeded the daily limit. Retry the next day.',
  zh: '认证次数超过当日限制，请次日重试',
};
const RANGE = { en: 'The number range is unsupported for verification', zh: '该号段不支持验证' };
const BUSY = { en: 'Verification Center Service is busy', zh: '验证中心服务繁忙' };
const BAD_FORMAT = { en: 'Invalid phone number format', zh: '手机号格式不正确' };
const SUCCESS = { en: 'Success', zh: '成功' };

const LINE_STATUS = {
  known: { result: '0', ...SUCCESS },
  no_record: { result: '-1', en: 'No results found', zh: '未查询到结果' },
  number_invalid: { result: '-2', ...BAD_FORMAT },
  source_busy: { result: '-3', ...BUSY },
  daily_limit: { result: '-4', ...DAILY_LIMIT },
  range_unsupported: { result: '-13', ...RANGE },
} satisfies Results<typeof lineStatus>;

const LINE_TENURE = {
  known: { result: '0', ...SUCCESS },
  number_invalid: { result: '-1', ...BAD_FORMAT },
  number_vacant: { result: '-2', en: 'Phone number not found', zh: '手机号不存在' },
  tenure_unknown: {
    result: '-3',
    en: 'The mobile number exists, but unable to query the duration',
    zh: '手机号存在，但无法查询到在网时长',
  },
  source_busy: { result: '-4', ...BUSY },
  daily_limit: { result: '-5', ...DAILY_LIMIT },
  range_unsupported: { result: '-13', ...RANGE },
} satisfies Results<typeof lineTenure>;

const CENTER_BUSY = { result: '-11', en: 'The Verification Center Service is busy', zh: '验证中心服务繁忙' };

const CARRIER_MATCH = {
  match: { result: '0', en: 'Authentication passed', zh: '认证通过' },
  mismatch: { result: '-4', en: 'Information inconsistency', zh: '信息不一致' },
  number_invalid: { result: '-6', en: 'Invalid phone number', zh: '手机号码不合法' },
  id_card_invalid: { result: '-7', en: 'Identity number error', zh: '身份证号码有误' },
  name_invalid: { result: '-8', en: 'Name verification failed', zh: '姓名校验不通过' },
  no_record: { result: '-9', en: 'No records', zh: '没有记录' },
  source_busy: CENTER_BUSY,
  source_error: CENTER_BUSY,
  range_unsupported: { result: '-13', ...RANGE },
} satisfies CarrierResults;

const IDENTITY_MATCH = {
  ...CARRIER_MATCH,
  daily_limit: { result: '-12', ...DAILY_LIMIT },
} satisfies Results<typeof identityMatch>;

const NAME_MATCH = {
  match: { result: '0', en: 'The verification results are consistent', zh: '验证结果一致' },
  mismatch: { result: '1', en: 'The verification results are inconsistent', zh: '验证结果不一致' },
  no_record: { result: '-1', en: 'No records', zh: '查无记录' },
  source_error: { result: '-2', en: 'Unknown engine error', zh: '引擎未知错误' },
  source_failed: { result: '-3', en: 'Engine service exception', zh: '引擎服务异常' },
  name_invalid: { result: '-4', en: 'Name verification failed', zh: '姓名校验不通过' },
  number_invalid: { result: '-5', en: 'Invalid phone number', zh: '手机号码不合法' },
  daily_limit: { result: '-6', ...DAILY_LIMIT },
  range_unsupported: { result: '-13', ...RANGE },
} satisfies Results<typeof nameMatch>;

type AnyResults = Readonly<Partial<Record<OutcomeCode, WireResult>>>;

const RESULTS: ReadonlyMap<string, AnyResults> = new Map<string, AnyResults>([
  ['line-status', LINE_STATUS],
  ['line-tenure', LINE_TENURE],
  ['identity-match', IDENTITY_MATCH],
  ['identity-match-mobile', CARRIER_MATCH],
  ['identity-match-telecom', CARRIER_MATCH],
  ['identity-match-unicom', CARRIER_MATCH],
  ['name-match', NAME_MATCH],
]);

/** undefined where the action has no result code for it: platform actions have none at all. */
export function findResult(action: string, outcome: OutcomeCode): WireResult | undefined {
  return RESULTS.get(action)?.[outcome];
}
