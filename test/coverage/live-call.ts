// One signed request from the protocol through the pipeline, over a real ledger and a real vault, and what it ended in:
// an outcome or a fault. A cause changes what the request says or the world that it meets.

import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { ACTIONS } from '../../src/actions/index.ts';
import type { WireAction } from '../../src/app/wire-view.ts';
import { OPTIONS } from '../../src/config/options.ts';
import type { PipelineOptions } from '../../src/core/execute.ts';
import { Fault } from '../../src/domain/fault.ts';
import type { SubscriberRecord } from '../../src/domain/subscriber.ts';
import type { Account, AccountDirectory, KeyRestriction } from '../../src/ports/accounts.ts';
import type { KeyVault } from '../../src/ports/key-vault.ts';
import type { Asker, Verifications } from '../../src/ports/verifications.ts';
import type { TencentOptions, TencentRequest } from '../../src/protocols/tencent/index.ts';
import { systemRandom } from '../../src/runtime/system-random.ts';
import { openAccountDirectory } from '../../src/storage/sqlite/accounts/account-directory.ts';
import { openKeyVault } from '../../src/storage/sqlite/accounts/key-vault.ts';
import { openAccountsFile } from '../../src/storage/sqlite/accounts/schema.ts';
import { administrate, ENVELOPE_KEY, FIXED_CLOCK, makeAccountsFile, SHOP } from '../support/accounts.ts';
import { RSA_PRIVATE_KEY, SM2_PRIVATE_HEX } from '../support/encryption-vectors.ts';
import { ledgerPaths, openLedgerFor, openTestFunds } from '../support/ledgers.ts';
import { account, pipelineBench, record } from '../support/pipeline.ts';
import { makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { apiKey, NOW_SECONDS, protocolOver, REQUEST_ID, tc3 } from '../support/tencent-protocol.ts';
import { FIXED_CODE, openCodeDesk } from './code-desk.ts';

type Input = Readonly<Record<string, unknown>>;

export interface Cause {
  /** Added to valid parameters. */
  readonly input?: Input;
  /** In place of the JSON of the parameters. */
  readonly payload?: string;
  /** Of what is signed. */
  readonly signed?: { readonly action?: string; readonly version?: string; readonly contentType?: string };
  /** Of the request after it was signed. */
  readonly request?: (request: TencentRequest) => TencentRequest;
  readonly account?: Partial<Account>;
  readonly restriction?: KeyRestriction;
  readonly protocol?: Partial<TencentOptions>;
  readonly pipeline?: Partial<PipelineOptions>;
  readonly answer?: SubscriberRecord | (() => never) | 'absent';
  /** Sent twice; the second answer counts. */
  readonly twice?: boolean;
}

export interface World {
  /** Of the account's master key. */
  readonly keyId: string;
  readonly takenAlias: string;
  readonly ciphertext: string;
  /** Has no room for a master key. */
  readonly fullVault: KeyVault;
  /** Cannot read its file. */
  readonly brokenDirectory: AccountDirectory;
  /** Has sent as many codes as it may. */
  readonly exhaustedDesk: Verifications;
  /** Cannot read or write its file. */
  readonly brokenDesk: Verifications;
  /** The outcome or the fault that a call ends in. */
  ask(wire: WireAction, cause?: Cause): Promise<string>;
}

const PERSON = makePerson(1);
const CARRIERS: Readonly<Record<string, string>> = {
  'identity-match-telecom': 'telecom',
  'identity-match-unicom': 'unicom',
};
/** Without quota or balance. */
export const PENNILESS = 2;
const PAIRS = {
  rsaPrivateKey: createPrivateKey({
    key: Buffer.from(RSA_PRIVATE_KEY, 'base64'),
    format: 'der',
    type: 'pkcs8',
  }),
  rsaPublicPem: '',
  sm2PrivateHex: SM2_PRIVATE_HEX,
  sm2PublicPem: '',
};

type TestContext = Parameters<typeof openLedgerFor>[0] & Parameters<typeof makeTemporaryDirectory>[0];

/** Free unless the operator gives it a price. */
const PRICES = { ...OPTIONS.prices.default, 'code-send': 5 };

/** What must have gone before: a code for that number, or a number that is verified. */
const PREPARATIONS: Readonly<Record<string, 'sent' | 'verified'>> = {
  'contact-verify': 'sent',
  'contact-verify-domestic': 'sent',
  'contact-delete': 'verified',
  'contact-delete-domestic': 'verified',
};

/** The ledger's directory must outlive the test: it signs its head when it is closed. */
export async function openWorld(t: TestContext, directory: string): Promise<World> {
  const paths = ledgerPaths(directory);
  const ledger = await openLedgerFor(t, paths, { actions: ACTIONS.map(({ name }) => name) });
  const funds = openTestFunds(paths);
  funds.grant(1, [], 0, 1_000_000);
  funds.close();

  const accounts = makeAccountsFile(t);
  administrate(t, accounts).createAccount(SHOP);
  const openVault = (keysPerAccountMax: number) => {
    const vault = openKeyVault({
      path: accounts,
      sealKey: Buffer.alloc(32, 1),
      clock: FIXED_CLOCK,
      random: systemRandom,
      keysPerAccountMax,
    });
    t.after(() => vault.close());
    return vault;
  };
  const vault = openVault(10_000);
  const takenAlias = 'taken';
  const { keyId } = await vault.createKey(1, takenAlias, '');
  const ciphertext = vault.encrypt(1, keyId, Buffer.from('text'), '');

  const desk = await openCodeDesk(t);
  const exhausted = await openCodeDesk(t, { account: 0 });
  const broken = await openCodeDesk(t);
  await broken.breakStore();

  const valid = (wire: WireAction, number: number): Input => {
    const key = { KeyId: keyId };
    const own: Readonly<Record<string, Input>> = {
      CreateKey: { Alias: `key-${number}` },
      Decrypt: { CiphertextBlob: ciphertext },
      DescribeKey: key,
      Encrypt: { ...key, Plaintext: 'dGVzdAo=' },
      GenerateDataKey: { ...key, KeySpec: 'AES_256' },
      GenerateRandom: { NumberOfBytes: 16 },
    };
    if (wire.action.service === 'contact-verification') return validOfContact(wire, number);
    const person = { msisdn: PERSON.number, name: PERSON.name, idCard: PERSON.idCard };
    const fields = Object.entries(person).filter(([field]) => field in wire.action.input.properties);
    return own[wire.name] ?? Object.fromEntries(fields.map(([field, text]) => [wire.fieldName(field), text]));
  };

  let asked = 0;
  return {
    keyId,
    takenAlias,
    ciphertext,
    fullVault: openVault(0),
    brokenDirectory: breakDirectory(t),
    exhaustedDesk: exhausted.verifications,
    brokenDesk: broken.verifications,
    async ask(wire, cause = {}) {
      asked += 1;
      const { answer = recordFor(wire), input = {} } = cause;
      const { run } = pipelineBench({
        answer: answer === 'absent' ? undefined : answer,
        options: {
          ...{ ledger, vault, pairs: PAIRS, prices: () => PRICES, verifications: desk.verifications },
          ...cause.pipeline,
        },
      });
      const preparation = PREPARATIONS[wire.action.name];
      if (preparation !== undefined)
        await desk.prepare(asker(account(cause.account)), numberOf(asked), preparation === 'verified');
      const protocol = protocolOver(
        [{ ...apiKey(), account: account(cause.account), restriction: cause.restriction }],
        cause.protocol,
      );
      const signed = tc3({
        action: wire.name,
        version: wire.version,
        payload: cause.payload ?? JSON.stringify({ ...valid(wire, asked), ...input }),
        ...cause.signed,
      });
      const request = cause.request?.(signed) ?? signed;
      const send = async () => {
        try {
          return (await run(protocol.readCall(request))).outcome;
        } catch (error) {
          return error instanceof Fault ? error.code : 'internal';
        }
      };
      if (cause.twice === true) await send();
      return await send();
    },
  };
}

/** Of each call its own: what one did to a contact must not meet the next. */
function numberOf(call: number): string {
  return `139${String(call).padStart(8, '0')}`;
}

function validOfContact({ action }: WireAction, call: number): Input {
  const { contact, verifyCode } = action.input.properties;
  if (contact === undefined || action.subject === undefined) return { Type: 1 };
  return { Type: 1, Code: numberOf(call), ...(verifyCode !== undefined && { VerifyCode: FIXED_CODE }) };
}

function asker(who: Account): Asker {
  return { account: who, keyId: 7, requestId: REQUEST_ID, nowMs: NOW_SECONDS * 1000, address: '' };
}

export function recordFor({ action }: WireAction): SubscriberRecord {
  return record({ carrier: CARRIERS[action.name] ?? 'mobile' });
}

function breakDirectory(t: TestContext): AccountDirectory {
  const path = join(makeTemporaryDirectory(t), 'accounts.db');
  const directory = openAccountDirectory({
    path,
    secretEnvelopeKey: ENVELOPE_KEY,
    cachedKeysMax: 10,
    clock: FIXED_CLOCK,
  });
  t.after(() => directory.close());
  const database = openAccountsFile(path);
  database.exec('ALTER TABLE api_keys RENAME TO hidden');
  database.close();
  return directory;
}
