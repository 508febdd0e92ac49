// docs/reference/sandbox.md: the sandbox table with what it looks like on the wire.

import { pickInput, type WireAction, type WireView } from '../../src/app/wire-view.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { Fault } from '../../src/domain/fault.ts';
import type { SandboxRow } from '../../src/sources/sandbox/answer.ts';
import { createSandbox } from '../../src/sources/sandbox/create-sandbox.ts';
import { SANDBOX_SECTIONS } from '../../src/sources/sandbox/table.ts';
import { joinBlocks, type Page, quote, renderTable } from './markdown.ts';
import { renderRecipients } from './sandbox-contacts.ts';

/** One column for each kind of answer; the actions for one carrier differ from the general one only by their carrier. */
const COLUMNS = [
  'line-status',
  'line-tenure',
  'identity-match',
  'identity-match-mobile',
  'name-match',
] as const;
const PERSON = { name: '张三', idCard: '11010519491231002X', verifyMode: '1' };

const INTRODUCTION = `A sandbox account (\`account create --sandbox\`) uses the same URL and the same signatures as a live one. Its calls
never touch the registry, a balance or a counter; they appear in the call log, marked, with price 0.

The mobile number decides. The numbers of the range 169 stand for nobody: that range is assigned to no carrier. Each number
also works with \`+86\` or \`0086\` in front. Name and ID card may be anything for them, unless the table says otherwise.

What the actions about contacts answer stands in a part of its own ([one-time codes](#one-time-codes)).

Every other number follows two rules: a malformed number, ID card or name gives the result code for it, in this order;
anything well formed is a line in service for 36 months whose holder matches.

PhoneVerification is shown with VerifyMode "1"; without it ResultDetail is left out. PhoneVerificationCTCC and
PhoneVerificationCUCC answer as PhoneVerificationCMCC does, each for its own carrier.

AceData's check-1e, check-2e and check-3e are shown with \`verify_mode\` "1" and the published result codes; a token of the
sandbox account finds the same table.

Key-management actions run as they would live. A KeyId, Alias or CiphertextBlob \`sandbox-<fault>\`, for example
\`sandbox-kms_key_disabled\`, gives that fault (the names are in [faults.md](faults.md)).
ListKeys, GetServiceStatus, GenerateRandom and GetCallerIdentity are asked about nothing, so no input gives a fault of theirs.

Calls that wait, of all accounts together, are bounded by \`--sandbox-delayed-calls\` (${OPTIONS.sandboxDelayedCalls.default}): one more is \`overloaded\` at once.`;

interface Column {
  readonly view: WireView;
  readonly wire: WireAction;
}

/** `codes`: the protocol that has the actions about contacts. */
export async function createSandboxPage(codes: WireView, ...others: readonly WireView[]): Promise<Page> {
  const views = [codes, ...others];
  const columns = views.flatMap((view) =>
    COLUMNS.flatMap((name) =>
      view.actions.filter((wire) => wire.action.name === name).map((wire): Column => ({ view, wire })),
    ),
  );
  // Every action of a protocol shows a fault alike.
  const firsts = views.flatMap((view) => columns.find((column) => column.view === view) ?? []);
  const blocks: string[] = [INTRODUCTION];
  for (const section of SANDBOX_SECTIONS) {
    const isUniform = section.title === 'Faults';
    const shown = isUniform ? firsts : columns;
    const rows: string[][] = [];
    for (const row of section.rows) {
      const cells: string[] = [];
      for (const { view, wire } of shown) cells.push(await renderCell(view, wire, row));
      rows.push([describeInput(row), row.meaning.en, ...cells]);
    }
    const headers = [
      'Number',
      'Meaning',
      ...shown.map(({ view, wire }) =>
        isUniform ? `Error of ${view.protocol}, from every action` : wire.name,
      ),
    ];
    blocks.push(`## ${section.title}`, renderTable(headers, rows));
  }
  blocks.push(renderRecipients(codes));
  return {
    file: 'sandbox.md',
    title: 'Sandbox',
    summary:
      'Documented inputs that produce every result code, error code, account state and delay, on demand.',
    body: joinBlocks(...blocks),
  };
}

function describeInput(row: SandboxRow): string {
  const extra = [
    ...(row.when?.name === undefined ? [] : [`Name ${row.when.name.map(quote).join(' or ')}`]),
    ...(row.when?.idCard === undefined ? [] : [`IdCard ${row.when.idCard.map(quote).join(' or ')}`]),
  ];
  return [quote(row.number), ...extra].join(', ');
}

/** What the sandbox really answers, as the protocol writes it; members that say nothing are left out. */
async function renderCell(view: WireView, wire: WireAction, row: SandboxRow): Promise<string> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
  const person = {
    ...PERSON,
    name: row.when?.name?.[0] ?? PERSON.name,
    idCard: row.when?.idCard?.[0] ?? PERSON.idCard,
  };
  const input = pickInput(wire, { msisdn: row.number, ...person });
  try {
    const conclusion = await sandbox.rehearse(wire.action.name, input);
    if (conclusion === undefined) return '';
    const [[, result] = [], , ...rest] = Object.entries(view.renderAnswer(wire, input, conclusion));
    const members = rest.filter(([, value]) => value !== '' && value !== undefined && value !== null);
    return [quote(String(result)), ...members.map(([name, value]) => `${name} ${quote(String(value))}`)].join(
      ', ',
    );
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return quote(view.errorOf(error.code).code);
  }
}
