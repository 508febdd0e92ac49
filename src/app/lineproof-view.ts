// Our own calls that go through the pipeline as the reference pages and the Explorer see them.

import { ACTIONS } from '../actions/index.ts';
import type { FaultCode } from '../domain/fault.ts';
import type { ExplorerField } from '../management/explorer/context.ts';
import { LINEPROOF_APIS, LINEPROOF_RESULTS } from '../management/verifications/face.ts';
import { describeCallError } from '../management/verifications/fault-errors.ts';
import { CHINESE_ERRORS, CHINESE_FAULTS, LINEPROOF_ADVICE } from './lineproof-words.ts';
import type { WireAction, WireView } from './wire-view.ts';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';

const IDEMPOTENCY_FIELD: ExplorerField = {
  ...{ name: IDEMPOTENCY_HEADER, type: 'string', place: 'header', max_length: 255 },
  // It may hold what a customer's order is called, and no link repeats it.
  ...{ required: false, personal: true, encryptable: false },
  title: {
    en: 'Names this request: sent again with the same key within a day, it gets the same answer free of charge.',
    zh: '本次请求的名称：一天内携带同一值重复发送时返回相同应答，不再计费。',
  },
};

/** What every call can meet, whatever it asks. */
const COMMON: readonly FaultCode[] = [
  ...(['authorization_missing', 'body_malformed', 'body_too_large', 'method_unsupported'] as const),
  ...(['parameter_missing', 'parameter_unknown', 'parameter_value', 'idempotency_key_reused'] as const),
  ...(['key_not_allowed', 'account_suspended', 'account_unverified', 'service_not_activated'] as const),
  ...(['funds_exhausted', 'cap_reached', 'rate_limited', 'storage_unavailable', 'internal'] as const),
];

const calls = new Map(LINEPROOF_APIS.map((api) => [api.action, api]));

export const LINEPROOF_VIEW: WireView = {
  protocol: 'Lineproof',
  actions: LINEPROOF_APIS.flatMap((api): WireAction[] => {
    const action = ACTIONS.find(({ name }) => name === api.action);
    if (action === undefined) return [];
    return [
      {
        ...{ name: action.name, product: 'verifications', version: api.path, action, encryption: 'none' },
        ...{ fieldName: (field: string) => field, headers: [IDEMPOTENCY_FIELD], answer: api.answer },
      },
    ];
  }),
  missing: [],
  hostOf: () => '',
  commonFaults: COMMON,
  advice: LINEPROOF_ADVICE,
  resultOf: (_action, outcome) => LINEPROOF_RESULTS[outcome],
  errorOf(fault, detail = {}, wire = undefined) {
    const [field = 'to'] = Object.keys(wire?.action.input.properties ?? {});
    const { code, message } = describeCallError(fault, { field, ...detail });
    return { code, en: message, zh: CHINESE_FAULTS[fault] ?? CHINESE_ERRORS[code] };
  },
  renderAnswer: ({ action }, _input, { output }) => calls.get(action.name)?.shape(output) ?? {},
};
