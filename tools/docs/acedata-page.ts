// docs/reference/acedata.md: AceData's calls with their fields, results and errors, and how each can be reached.

import type { TSchema } from 'typebox';
import { ACEDATA_UPSTREAM_VIEW, ACEDATA_VIEW } from '../../src/app/acedata-view.ts';
import { concernsAction, type WireAction, type WireView } from '../../src/app/wire-view.ts';
import { FAULTS, type FaultCode } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';
import { MISSING_FAMILIES } from '../../src/protocols/acedata/endpoints.ts';
import { ERRORS, type ErrorCode } from '../../src/protocols/acedata/faults.ts';
import type { ActionDefaults } from './actions-page.ts';
import { listEncryptionFields } from './encryption-rows.ts';
import type { LiveWords } from './live-words.ts';
import { fence, joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const INTRODUCTION = `POST with a JSON body and \`Authorization: Bearer TOKEN\`; \`account create\` and \`key create\` print the token. Answers
are JSON; a result is HTTP 200. The accounts, services, prices, limits and the ledger are the same as for every other protocol.
What differs from the vendor is listed in [DIVERGENCES.md](../../src/protocols/acedata/DIVERGENCES.md).`;

const ENCRYPTION = `Fields may be sent encrypted: \`encryption\` holds \`ciphertext_blob\`, \`encrypt_list\`, \`iv\`, \`algorithm\` (AES-256-CBC or
SM4-GCM) and \`tag_list\`; check-3e also takes them beside its fields. The key is a data key of the account's own KMS or one wrapped
for the server (\`GET /public-keys\`).`;

const REPEATING = `A call with the header \`Idempotency-Key\` (1 to 255 visible ASCII characters, chosen by the client) may be sent again after a
broken connection: once it was charged, the same path and body under the same key get the same answer free of charge for
24 hours (option \`keptAnswersMs\`), marked by \`Idempotency-Replayed: true\`, also when many arrive at once. With another path or body the
key is \`bad_request\`. What was not charged is asked anew. Keys belong to the credential; a rotated one keeps them.`;

export function createAceDataPage(live: LiveWords, defaults: ActionDefaults): Page {
  const missing = MISSING_FAMILIES.map((family) => `${quote(`${family}/...`)}`).join(' and ');
  return {
    file: 'acedata.md',
    title: 'AceData',
    summary: "AceData's calls with their fields, results and errors, and how each can be reached.",
    body: joinBlocks(
      INTRODUCTION,
      ...ACEDATA_VIEW.actions.map((wire) => renderCall(wire, defaults)),
      '## Encrypted fields',
      ENCRYPTION,
      '## Repeating a call',
      REPEATING,
      '## Result codes',
      '**live**: a live request can cause it, and so can the sandbox. **sandbox**: only the sandbox can.',
      renderResults(ACEDATA_VIEW, ACEDATA_VIEW.actions, live),
      'With the option `acedataIdentityCodes` set to `tencent`:',
      renderResults(
        ACEDATA_UPSTREAM_VIEW,
        ACEDATA_UPSTREAM_VIEW.actions.filter(({ action }) => action.name === 'identity-match'),
        live,
      ),
      '## Errors',
      `The HTTP status is that of the profile (option \`acedataProfile\`). The vendor's ${missing} are not served.`,
      renderErrors(live),
      fence(
        JSON.stringify(
          {
            success: false,
            error: { code: 'invalid_token', message: ERRORS.invalid_token.message },
            trace_id: '2cf86e86-22a4-46e1-ac2f-032c0f2a4e89',
          },
          null,
          2,
        ),
        'json',
      ),
    ),
  };
}

function renderCall(wire: WireAction, defaults: ActionDefaults): string {
  const { action } = wire;
  const required = new Set<string>(action.input.required ?? []);
  const fields = (Object.entries(action.input.properties) as [string, TSchema & { title?: string }][]).map(
    ([name, { title = '' }]) => [quote(wire.fieldName(name)), required.has(name) ? 'yes' : 'no', title],
  );
  const sealing = listEncryptionFields(wire).map(({ name, need, meaning }) => [quote(name), need, meaning]);
  const keys = new Set([{}, { verifyMode: '1' }].map((input) => action.priceKey(input)));
  const prices = [...keys].map(
    (key) => `${defaults.prices[key] ?? 0} minor units by default (${quote(key)})`,
  );
  return joinBlocks(
    `## ${wire.name}`,
    `\`POST ${wire.version}\`: ${action.summary.en} ${action.summary.zh}`,
    `Service ${quote(action.service)}, our name ${quote(action.name)}. Price: ${prices.join(', ')}.`,
    renderTable(['Field', 'Required', 'Meaning'], [...fields, ...sealing]),
  );
}

function renderResults(view: WireView, actions: readonly WireAction[], live: LiveWords): string {
  const rows = actions.flatMap((wire) =>
    (Object.entries(wire.action.outcomes) as [OutcomeCode, { charged: boolean }][]).map(
      ([outcome, { charged }]) => {
        const result = view.resultOf(wire.action, outcome);
        const text = result ?? view.errorOf('daily_limit_reached');
        return [
          quote(wire.name),
          result === undefined ? `error ${quote(text.code)}` : quote(text.code),
          text.en,
          result === undefined ? '' : text.zh,
          charged ? 'charged' : 'free',
          quote(outcome),
          live.outcomes.has(outcome) ? 'live' : 'sandbox',
        ];
      },
    ),
  );
  return renderTable(['Call', 'Result', 'Description', '', 'Charge', 'Outcome', 'State'], rows);
}

function renderErrors(live: LiveWords): string {
  const ownFaults = new Set(ACEDATA_VIEW.actions.flatMap(({ action }) => action.faults));
  const faults = (Object.keys(FAULTS) as FaultCode[]).filter((fault) =>
    concernsAction(fault, [...ownFaults]),
  );
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map((code) => {
    const { seed, current, message } = ERRORS[code];
    const causes = faults.filter((fault) => ACEDATA_VIEW.errorOf(fault).code === code);
    const ofLive = causes.filter((fault) => live.faults.has(fault));
    return [
      quote(code),
      String(seed),
      String(current),
      message,
      ofLive.length > 0 ? 'live' : 'sandbox',
      ofLive.map(quote).join(', '),
    ];
  });
  return renderTable(['Code', 'seed', 'current', 'Message', 'State', 'Faults that show as it'], rows);
}
