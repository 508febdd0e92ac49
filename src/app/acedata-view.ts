// The AceData protocol's tables as the reference pages and the Explorer see them.

import type { EncryptionField } from '../actions/encryption-fields.ts';
import { ACTIONS } from '../actions/index.ts';
import { buildAnswer } from '../protocols/acedata/answer.ts';
import { ENDPOINTS, wireNameOf } from '../protocols/acedata/endpoints.ts';
import { writeError } from '../protocols/acedata/faults.ts';
import { createResults, type IdentityCodes } from '../protocols/acedata/outcomes.ts';
import { SEAL_NAMES } from '../protocols/acedata/read-sealed.ts';
import type { WireAction, WireView } from './wire-view.ts';

export const ACEDATA_VIEW = createView('published');
export const ACEDATA_UPSTREAM_VIEW = createView('tencent');

function createView(identityCodes: IdentityCodes): WireView {
  const findResult = createResults(identityCodes);
  return {
    protocol: 'AceData',
    actions: ENDPOINTS.flatMap((endpoint): WireAction[] => {
      const action = ACTIONS.find(({ name }) => name === endpoint.action);
      if (action === undefined) return [];
      return [
        {
          name: endpoint.path.slice(endpoint.path.lastIndexOf('/') + 1),
          product: 'identity',
          version: endpoint.path,
          action,
          encryption: endpoint.sealsBeside ? 'flat' : 'struct',
          encryptionFields: Object.keys(SEAL_NAMES) as EncryptionField[],
          fieldName: (field) => SEAL_NAMES[field as EncryptionField] ?? wireNameOf(endpoint, field),
        },
      ];
    }),
    missing: [],
    hostOf: () => 'api.acedata.cloud',
    resultOf(action, outcome) {
      const found = findResult(action.name, outcome);
      return found === undefined ? undefined : { code: found.result, en: found.en, zh: found.zh };
    },
    errorOf(fault, detail = {}) {
      const { code, message } = writeError(fault, detail);
      return { code, en: message, zh: message };
    },
    renderAnswer: (wire, input, conclusion) =>
      buildAnswer(wire.action.name, input, conclusion, 'en', findResult),
  };
}
