// The Tencent protocol's tables as the reference pages and the Explorer see them.

import { ACTIONS } from '../actions/index.ts';
import { buildAnswer, DEFAULT_ISPS } from '../protocols/tencent/answer.ts';
import { COMMON_PARAMETERS } from '../protocols/tencent/common-parameters.ts';
import { WIRE_ERRORS, writeMessage } from '../protocols/tencent/faults.ts';
import { findResult } from '../protocols/tencent/outcomes.ts';
import { findWireAction } from '../protocols/tencent/render.ts';
import { encryptionFieldsOf } from '../protocols/tencent/shape.ts';
import { MISSING_ACTIONS, PRODUCTS, WIRE_ACTIONS, wireFieldName } from '../protocols/tencent/wire-actions.ts';
import type { WireAction, WireView } from './wire-view.ts';

const ANSWER_OPTIONS = { vacantStatusCode: 4, isps: DEFAULT_ISPS } as const;

export const TENCENT_VIEW: WireView = {
  protocol: 'Tencent Cloud API 3.0',
  actions: WIRE_ACTIONS.flatMap((wire): WireAction[] => {
    const action = ACTIONS.find(({ name }) => name === wire.action);
    return action === undefined
      ? []
      : [
          {
            ...{ ...wire, action, encryptionFields: encryptionFieldsOf(wire) },
            fieldName: (field) => wireFieldName(wire, field),
          },
        ];
  }),
  missing: MISSING_ACTIONS.map(({ product, name, reason }) => ({
    name,
    reason,
    product,
    version: PRODUCTS[product],
  })),
  commonParameters: COMMON_PARAMETERS,
  hostOf: (product) => `${product}.tencentcloudapi.com`,
  resultOf(action, outcome) {
    const found = findResult(action.name, outcome);
    return found === undefined ? undefined : { code: found.result, en: found.en, zh: found.zh };
  },
  errorOf(fault, detail = {}, wire = undefined) {
    const own = wire === undefined ? undefined : findWireAction(wire.action.name)?.errors?.[fault];
    const { code, en, zh } = own ?? WIRE_ERRORS[fault];
    return { code, en: writeMessage(en, detail), zh: writeMessage(zh, detail) };
  },
  renderAnswer: (wire, input, conclusion) =>
    buildAnswer(wire.action.name, input, conclusion, 'en', ANSWER_OPTIONS),
};
