// The part of docs/reference/sandbox.md about one-time codes: every documented recipient with what its actions answer.

import type { WireAction, WireView } from '../../src/app/wire-view.ts';
import type { FaultCode } from '../../src/domain/fault.ts';
import { CONTACT_JOBS, type ContactJob, type ContactRow } from '../../src/sources/sandbox/contact-row.ts';
import { EXAMPLE_CONTACTS } from '../../src/sources/sandbox/list-contacts.ts';
import { CONTACT_SECTIONS } from '../../src/sources/sandbox/table-contacts.ts';
import { joinBlocks, quote, renderTable } from './markdown.ts';

const INTRODUCTION = `The actions about contacts send nothing and keep nothing here: the recipient decides, a number (Type 1) or an e-mail address
(Type 2). Addresses are at \`sandbox.invalid\`, a domain that can belong to nobody; a tag behind a plus makes no difference. Any
other number or address that is well formed is done as asked; a malformed one gives the error for it.

Every code is \`123456\`, unless the table says otherwise; another one is wrong. A code may be entered as often as you like, without
having been sent, and none ends an earlier one: live, a new code of the same recipient and purpose does.

Lineproof's own calls find the same recipients: \`POST /api/v1/verifications\` by \`to\`. There a verification is remembered, in memory
and by account: its code is entered once, and not after five wrong ones, 300 s, or a newer code of the same recipient and purpose.

Lists have the same ${EXAMPLE_CONTACTS.length} contacts for everybody, whatever was verified or deleted: ${EXAMPLE_CONTACTS.map(({ code, createdOn }) => `${quote(code)} (${createdOn})`).join(' and ')}.
DescribePhoneEmailList plays a fault for a Code that has one; DescribeIntlPhoneEmailList, which searches for nobody, for the
Offset that is its number, such as \`16900010813\`.`;

const JOB_ACTIONS: Readonly<Record<ContactJob, readonly [international: string, domestic: string]>> = {
  send: ['contact-code-send', 'contact-code-send-domestic'],
  verify: ['contact-verify', 'contact-verify-domestic'],
  list: ['contact-list', 'contact-list-domestic'],
  delete: ['contact-delete', 'contact-delete-domestic'],
};
/** Lists only ever play faults. */
const SHOWN_JOBS = ['send', 'verify', 'delete'] as const satisfies readonly ContactJob[];

export function renderRecipients(view: WireView): string {
  const blocks = CONTACT_SECTIONS.flatMap(({ title, rows }) => [
    `### ${title}`,
    title === 'Faults' ? renderFaults(view, rows) : renderRows(view, rows),
  ]);
  return joinBlocks('## One-time codes', INTRODUCTION, ...blocks);
}

function renderRows(view: WireView, rows: readonly ContactRow[]): string {
  const headers = SHOWN_JOBS.map((job) =>
    JOB_ACTIONS[job].map((action) => findAction(view, action).name).join(', '),
  );
  return renderTable(
    ['Number', 'Address', 'Meaning', 'Code', ...headers, 'Delivery'],
    rows.map((row) => [
      ...describeRecipient(row),
      quote(row.code ?? '123456'),
      ...SHOWN_JOBS.map((job) => renderJob(view, job, row.faults[job])),
      row.faults.send === undefined ? describeDelivery(row) : '',
    ]),
  );
}

/** The same fault from every action: one column for each site, and what one action calls otherwise. */
function renderFaults(view: WireView, rows: readonly ContactRow[]): string {
  return renderTable(
    ['Number', 'Address', 'Meaning', 'International actions', 'Domestic actions'],
    rows.map((row) => [
      ...describeRecipient(row),
      ...[0, 1].map((site) => renderSite(view, site as 0 | 1, row.faults.send)),
    ]),
  );
}

function describeRecipient({ number, address, meaning }: ContactRow): string[] {
  return [number, address].map((text) => (text === undefined ? '' : quote(text))).concat(meaning.en);
}

function renderJob(view: WireView, job: ContactJob, fault: FaultCode | undefined): string {
  if (fault === undefined) return 'success';
  const codes = JOB_ACTIONS[job].map((action) => view.errorOf(fault, {}, findAction(view, action)).code);
  return [...new Set(codes)].map(quote).join(', ');
}

function renderSite(view: WireView, site: 0 | 1, fault: FaultCode | undefined): string {
  if (fault === undefined) return '';
  const shown = CONTACT_JOBS.map((job) => {
    const wire = findAction(view, JOB_ACTIONS[job][site]);
    return { name: wire.name, code: view.errorOf(fault, {}, wire).code };
  });
  const groups = [...Map.groupBy(shown, ({ code }) => code)].toSorted(([, a], [, b]) => b.length - a.length);
  return groups
    .map(([code, ofActions], place) =>
      place === 0 ? quote(code) : `${quote(code)} (${ofActions.map(({ name }) => name).join(', ')})`,
    )
    .join('; ');
}

function describeDelivery({ delivery }: ContactRow): string {
  return delivery
    .map(({ fromMs, deliveryState, reason }) => {
      const when = fromMs === 0 ? '' : `from ${fromMs / 1000} s `;
      return `${when}${quote(deliveryState)}${reason === '' ? '' : ` (${quote(reason)})`}`;
    })
    .join(', ');
}

function findAction(view: WireView, name: string): WireAction {
  const wire = view.actions.find(({ action }) => action.name === name);
  if (wire === undefined) throw new Error(`no action ${name} on the wire`);
  return wire;
}
