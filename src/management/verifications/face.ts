// Our own calls as a protocol of the pipeline: its name in ledger and usage, its result codes, its paths, its answers.

import type { TObject } from 'typebox';
import type { Bilingual } from '../../core/action.ts';
import type { ProtocolFace } from '../../core/call.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';
import type { WireApi } from '../api-catalogue.ts';
import { CHECKED, STARTED, shapeChecked, shapeStarted } from './shapes.ts';

/** Outcomes that these calls reach; the codes are those of a verification's status. */
export const LINEPROOF_RESULTS: Readonly<
  Partial<Record<OutcomeCode, Bilingual & { readonly code: string }>>
> = {
  code_sent: {
    code: 'pending',
    en: 'The code was accepted and is on its way (HTTP 201).',
    zh: '已接受，验证码正在发送（HTTP 201）。',
  },
  code_verified: {
    code: 'verified',
    en: 'The code is right: the recipient is verified (HTTP 200).',
    zh: '验证码正确，联系方式已验证（HTTP 200）。',
  },
};

export const LINEPROOF_FACE: ProtocolFace = {
  name: 'lineproof',
  resultCode: (_action, outcome) => LINEPROOF_RESULTS[outcome]?.code,
};

/** One of our own calls that go through the pipeline. */
export interface LineproofCall extends WireApi {
  readonly answer: TObject;
  /** The answer, of what the action concluded. */
  shape(output: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

export const LINEPROOF_APIS: readonly LineproofCall[] = [
  {
    ...{ protocol: LINEPROOF_FACE.name, action: 'verification-start', name: 'verifications' },
    ...{ method: 'POST', path: '/api/v1/verifications', answer: STARTED, shape: shapeStarted },
  },
  {
    ...{ protocol: LINEPROOF_FACE.name, action: 'verification-check', name: 'check' },
    ...{ method: 'POST', path: '/api/v1/verifications/{id}/check', answer: CHECKED, shape: shapeChecked },
  },
];
