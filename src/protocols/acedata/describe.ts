// The calls as JSON Schema, for /openapi.json: what a body may hold beside the action's own fields, and every value that an
// answer can have. Read off the tables that requests are read and answers are written with.

import {
  ENCRYPTION_FIELDS,
  ENCRYPTION_TITLE,
  type EncryptionField,
} from '../../actions/encryption-fields.ts';
import type { ActionDefinition } from '../../core/action.ts';
import { SEAL_ALGORITHMS } from '../../core/open-fields.ts';
import type { OutcomeCode } from '../../domain/outcome.ts';
import { ISP_NAMES, RESULT_DETAIL_NAMES, STATUS_CODE_VALUES } from './answer.ts';
import type { Endpoint } from './endpoints.ts';
import { ERRORS, type Profile } from './faults.ts';
import type { FindResult } from './outcomes.ts';
import { VERIFY_MODE_SPELLINGS } from './read-parameters.ts';
import { DEFAULT_ALGORITHM, SEAL_NAMES, SEALED_NAMES_MAX } from './read-sealed.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const NAMES = { type: 'array', items: TEXT, maxItems: SEALED_NAMES_MAX };

/** Members that are described here and not by the action: by their name on the wire. */
export function describeMembers(endpoint: Endpoint): Record<string, Schema> {
  const wireNames = Object.entries(endpoint.fields);
  const mode = wireNames.find(([, ours]) => ours === 'verifyMode')?.[0];
  const names = wireNames.filter(([, ours]) => ours !== 'verifyMode').map(([wire]) => wire);
  const seal = describeSeal(names);
  return {
    ...(mode === undefined ? {} : { [mode]: VERIFY_MODE }),
    encryption: {
      description: ENCRYPTION_TITLE,
      anyOf: [seal, { type: 'array', items: seal, maxItems: 1 }],
    },
    ...(endpoint.sealsBeside ? describeSealMembers(names) : {}),
  };
}

const VERIFY_MODE = {
  enum: VERIFY_MODE_SPELLINGS,
  default: '0',
  description:
    'Short version (0, the default), or long version (1): with the kind of a mismatch, priced apart.',
};

function describeSeal(names: readonly string[]): Schema {
  return { type: 'object', properties: describeSealMembers(names) };
}

function describeSealMembers(names: readonly string[]): Record<string, Schema> {
  const schemas: Record<EncryptionField, Schema> = {
    encryptList: { ...NAMES, items: { ...TEXT, examples: names } },
    ciphertextBlob: TEXT,
    iv: TEXT,
    algorithm: { ...TEXT, enum: ['', ...SEAL_ALGORITHMS], default: DEFAULT_ALGORITHM },
    tagList: NAMES,
  };
  return Object.fromEntries(
    (Object.entries(SEAL_NAMES) as [EncryptionField, string][]).map(([ours, name]) => [
      name,
      { ...schemas[ours], description: (ENCRYPTION_FIELDS[ours] as { title?: string }).title },
    ]),
  );
}

export function describeAnswer({ name, outcomes }: ActionDefinition, findResult: FindResult): Schema {
  const reached = (Object.keys(outcomes) as OutcomeCode[]).flatMap(
    (outcome) => findResult(name, outcome) ?? [],
  );
  const properties = {
    result: { ...TEXT, enum: [...new Set(reached.map(({ result }) => result))] },
    description: { ...TEXT, enum: [...new Set(reached.flatMap(({ en, zh }) => [en, zh]))] },
    ...(ANSWER_MEMBERS[name] ?? {}),
  };
  return { type: 'object', required: Object.keys(properties), properties };
}

/** Beside result and description, by our own action's name. */
const ANSWER_MEMBERS: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  'line-status': { status_code: { type: 'integer', enum: STATUS_CODE_VALUES } },
  'identity-match': {
    isp: { ...TEXT, enum: ISP_NAMES },
    result_detail: { type: ['string', 'null'], enum: [...RESULT_DETAIL_NAMES, null] },
  },
};

export function describeError(profile: Profile): Schema {
  const error = {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { ...TEXT, enum: Object.keys(ERRORS) }, message: TEXT },
  };
  const properties = {
    ...(profile === 'seed' ? { success: { type: 'boolean', const: false } } : {}),
    error,
    trace_id: TEXT,
  };
  return { type: 'object', required: Object.keys(properties), properties };
}
