// Our own calls as a protocol of the pipeline: its name in ledger and usage, its result codes, its paths.

import type { ProtocolFace } from '../../core/call.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';
import type { WireApi } from '../api-catalogue.ts';

/** Outcomes that these calls reach; the words are those of a verification's status. */
const RESULTS: Readonly<Partial<Record<OutcomeCode, string>>> = {
  code_sent: 'pending',
  code_verified: 'verified',
};

export const LINEPROOF_FACE: ProtocolFace = {
  name: 'lineproof',
  resultCode: (_action, outcome) => RESULTS[outcome],
};

export const LINEPROOF_APIS: readonly WireApi[] = [
  {
    ...{ protocol: LINEPROOF_FACE.name, action: 'verification-start', name: 'verifications' },
    ...{ method: 'POST', path: '/api/v1/verifications' },
  },
  {
    ...{ protocol: LINEPROOF_FACE.name, action: 'verification-check', name: 'check' },
    ...{ method: 'POST', path: '/api/v1/verifications/{id}/check' },
  },
];
