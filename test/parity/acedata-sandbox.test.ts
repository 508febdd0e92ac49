// Walks the whole sandbox table over AceData's calls against a real server, in both profiles and both sets of result
// codes: what must come back is written from the vendor's documents, not read from our tables.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Fault } from '../../src/domain/fault.ts';
import { createSandbox } from '../../src/sources/sandbox/create-sandbox.ts';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import {
  type AceDataAnswer,
  CHECK_1E,
  CHECK_2E,
  CHECK_3E,
  callAceData,
  errorOf,
} from '../support/call-acedata.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PERSON = { name: '张三', idCard: '11010519491231002X' };
const ACTIONS = { 'line-status': CHECK_1E, 'name-match': CHECK_2E, 'identity-match': CHECK_3E } as const;
type Action = keyof typeof ACTIONS;

/** Result codes by outcome, from the guides; daily_limit of check-1e is an error. */
const PUBLISHED: Readonly<Record<Action, Readonly<Record<string, string>>>> = {
  'line-status': {
    known: '0',
    no_record: '-1',
    number_invalid: '-2',
    source_busy: '-3',
    range_unsupported: '-1',
  },
  'name-match': {
    match: '0',
    mismatch: '1',
    no_record: '-1',
    source_error: '-2',
    source_failed: '-3',
    name_invalid: '-4',
    number_invalid: '-5',
    daily_limit: '-6',
    range_unsupported: '-1',
  },
  'identity-match': {
    match: '0',
    mismatch: '1',
    no_record: '-1',
    source_busy: '-3',
    source_error: '-2',
    name_invalid: '-4',
    id_card_invalid: '-4',
    number_invalid: '-5',
    daily_limit: '-6',
    range_unsupported: '-1',
  },
};
const UPSTREAM = {
  match: '0',
  mismatch: '-4',
  number_invalid: '-6',
  id_card_invalid: '-7',
  name_invalid: '-8',
  no_record: '-9',
  source_busy: '-11',
  source_error: '-11',
  daily_limit: '-12',
  range_unsupported: '-13',
};
const STATUS_CODES: Readonly<Record<string, number>> = {
  normal: 0,
  suspended: 1,
  cancelled: 2,
  vacant: 3,
  not_in_network: 4,
  unusable: 99,
  unknown: 99,
};
const ISPS: Readonly<Record<string, string>> = {
  mobile: 'Mobile',
  telecom: 'Telecom',
  unicom: 'China Unicom',
};
const DETAILS: Readonly<Record<string, string>> = {
  phone_id_card: 'PhoneIdCardMismatch',
  phone_name: 'PhoneNameMismatch',
  phone_name_id_card: 'PhoneNameIdCardMismatch',
  name_id_card: 'NameIdCardMismatch',
  other: 'OtherMismatch',
};
const STATUSES: Readonly<Record<string, number>> = {
  ...{ api_not_implemented: 400, bad_request: 400, no_token: 400, invalid_token: 401, token_expired: 401 },
  ...{ used_up: 403, disabled: 403, no_api: 404, too_many_requests: 429, api_error: 500, timeout: 504 },
};
/** What must be had of each call, from the documents. */
const RESULTS: Readonly<Record<Action, readonly string[]>> = {
  'line-status': ['0', '-1', '-2', '-3'],
  'name-match': ['0', '1', '-1', '-2', '-3', '-4', '-5', '-6'],
  'identity-match': ['0', '1', '-1', '-2', '-3', '-4', '-5', '-6'],
};
const UPSTREAM_RESULTS = ['0', '-4', '-6', '-7', '-8', '-9', '-11', '-12', '-13'];

const VARIANTS = [
  { profile: 'seed', codes: 'published', mismatched: 400 },
  { profile: 'current', codes: 'tencent', mismatched: 401 },
] as const;
const base = makeTemporaryDirectory({ after });

// At once: most of a walk is waiting for the sandbox's slow rows, and each has a server of its own.
describe('every row of the sandbox', { concurrency: VARIANTS.length }, () => {
  for (const { profile, codes, mismatched } of VARIANTS) {
    describe(`in the profile ${profile} with ${codes} codes`, () => {
      const data = join(base, profile);
      const results: Readonly<Record<Action, Readonly<Record<string, string>>>> =
        codes === 'published' ? PUBLISHED : { ...PUBLISHED, 'identity-match': UPSTREAM };
      let server: RunningServer;
      let account: NewAccount;

      before(async () => {
        mkdirSync(data, { mode: 0o700 });
        account = await createAccount(data, ['--sandbox']);
        const args = ['--acedata-profile', profile, '--acedata-identity-codes', codes];
        server = await startServer({ data, args });
      });
      after(() => server?.stop());

      test('every documented input gives what is documented, and everything documented can be had', async () => {
        // The slow rows wait while the others are walked.
        const cases = SANDBOX_TABLE.flatMap((row) =>
          (Object.keys(ACTIONS) as Action[]).map((action) => ({ row, action })),
        );
        const seen = new Set<string>();
        await Promise.all(
          cases.map(async ({ row, action }) => {
            const input = {
              msisdn: row.number,
              name: row.when?.name?.[0] ?? PERSON.name,
              idCard: row.when?.idCard?.[0] ?? PERSON.idCard,
              verifyMode: '1',
            };
            const answer = await ask(action, input);
            seen.add(await judge(action, input, answer));
          }),
        );
        const wanted = (Object.keys(ACTIONS) as Action[]).flatMap((action) => {
          const upstream = action === 'identity-match' && codes === 'tencent';
          return [
            ...(upstream ? UPSTREAM_RESULTS : RESULTS[action]).map((result) => `${action} ${result}`),
            ...['token_mismatched', ...Object.keys(STATUSES)].map((code) => `${action} ${code}`),
          ];
        });
        const statuses = [0, 1, 2, 3, 4, 99].map((code) => `line-status 0 with ${code}`);
        for (const want of wanted)
          assert.ok(
            [...seen].some((one) => one.startsWith(want)),
            want,
          );
        for (const want of statuses) assert.ok(seen.has(want), want);
      });

      function ask(action: Action, { msisdn, name, idCard, verifyMode }: Record<string, string>) {
        const bodies = {
          'line-status': { mobile: msisdn },
          'name-match': { mobile: msisdn, name },
          'identity-match': { phone: msisdn, name, id_card: idCard, verify_mode: verifyMode },
        };
        return callAceData(server.port, {
          path: ACTIONS[action],
          token: account.token,
          body: bodies[action],
        });
      }

      async function judge(
        action: Action,
        input: Record<string, string>,
        answer: AceDataAnswer,
      ): Promise<string> {
        const { status, json } = answer;
        const what = `${action} ${JSON.stringify(input)}: ${status} ${JSON.stringify(json)}`;
        if (status !== 200) {
          const { code, message } = errorOf(answer);
          assert.equal(status, code === 'token_mismatched' ? mismatched : STATUSES[code], what);
          assert.ok(message.length > 0);
          assert.equal('success' in json, profile === 'seed');
          assert.ok(await isFault(action, input), what);
          return `${action} ${code}`;
        }
        const { description, ...members } = json;
        assert.ok(typeof description === 'string' && description !== '', what);
        assert.deepEqual(members, await expectedMembers(action, input), what);
        return action === 'line-status'
          ? `${action} ${json.result} with ${json.status_code}`
          : `${action} ${json.result}`;
      }

      const rehearse = async (action: Action, input: Record<string, string>) => {
        const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
        const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
        const conclusion = await sandbox.rehearse(action, input);
        assert.ok(conclusion !== undefined);
        return conclusion;
      };

      async function isFault(action: Action, input: Record<string, string>): Promise<boolean> {
        try {
          return results[action][(await rehearse(action, input)).outcome] === undefined;
        } catch (error) {
          if (error instanceof Fault) return true;
          throw error;
        }
      }

      async function expectedMembers(action: Action, input: Record<string, string>): Promise<object> {
        const { outcome, output } = await rehearse(action, input);
        const result = results[action][outcome];
        if (action === 'line-status') return { result, status_code: STATUS_CODES[String(output.status)] };
        if (action === 'name-match') return { result };
        const isp = ISPS[String(output.carrier)] ?? '';
        return { result, isp, result_detail: DETAILS[String(output.mismatch)] ?? null };
      }
    });
  }
});
