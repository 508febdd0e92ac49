// The sandbox's documented inputs of one action, as its form takes them, with what the sandbox really answers: read off its
// tables, by asking it.

import { FAULTS, Fault, type FaultCode } from '../domain/fault.ts';
import type { SandboxInput } from '../management/explorer/context.ts';
import type { Rehearsal } from '../ports/rehearsal.ts';
import { isRehearsed, RESERVED_RANGE, type SandboxRow } from '../sources/sandbox/answer.ts';
import {
  CONTACT_ACTIONS,
  type ContactJob,
  type ContactRow,
  isContactAction,
  SANDBOX_CODE,
} from '../sources/sandbox/contact-row.ts';
import { SANDBOX_SECTIONS } from '../sources/sandbox/table.ts';
import { CONTACT_SECTIONS } from '../sources/sandbox/table-contacts.ts';
import { meaningOf, PLATFORM_FIELDS, PLATFORM_PREFIX } from '../sources/sandbox/table-faults.ts';
import { openTableSandbox } from './table-sandbox.ts';
import { concernsAction, pickInput, type WireAction, type WireView } from './wire-view.ts';

const PERSON = { name: '张三', idCard: '11010519491231002X', verifyMode: '1' };

/** Without the vendor's own examples, and without delays: our own calls answer at once. */
const OWN_SECTIONS = CONTACT_SECTIONS.filter(({ id }) => id === 'deliveries' || id === 'faults');

type Input = Readonly<Record<string, unknown>>;
/** An input by our own names, before it was tried. */
type Documented = Pick<SandboxInput, 'name' | 'section' | 'meaning' | 'delay_ms' | 'delivery'> & {
  readonly input: Input;
};

export async function listSandboxInputs(view: WireView, wire: WireAction): Promise<SandboxInput[]> {
  const sandbox = openTableSandbox();
  const seen = new Set<string>();
  const found: SandboxInput[] = [];
  for (const { input, ...documented } of documentedInputs(wire)) {
    // Where what tells two rows apart is no field of the action, the second is the first again.
    const text = JSON.stringify(input);
    if (seen.has(text)) continue;
    seen.add(text);
    const shown = Object.fromEntries(
      Object.entries(input).map(([name, value]) => [wire.fieldName(name), value]),
    );
    found.push({ ...documented, input: shown, ...(await tryInput(sandbox, view, wire, input)) });
  }
  return found;
}

function* documentedInputs(wire: WireAction): Generator<Documented> {
  const { name } = wire.action;
  if (isRehearsed(name)) yield* ofLines(wire);
  else if (isContactAction(name)) yield* ofContacts(wire, CONTACT_ACTIONS[name], CONTACT_SECTIONS);
  else if (name === 'verification-start') yield* ofContacts(wire, 'send', OWN_SECTIONS);
  else yield* ofPlatform(wire);
}

async function tryInput(
  sandbox: Rehearsal,
  view: WireView,
  wire: WireAction,
  input: Input,
): Promise<Pick<SandboxInput, 'outcome' | 'fault' | 'result' | 'description' | 'answer'>> {
  try {
    const conclusion = await sandbox.rehearse(wire.action.name, input);
    const outcome = conclusion?.outcome ?? 'completed';
    const text = view.resultOf(wire.action, outcome);
    return {
      ...{ outcome, fault: null, result: text?.code ?? null },
      description: text === undefined ? null : { en: text.en, zh: text.zh },
      answer: conclusion === undefined ? null : view.renderAnswer(wire, input, conclusion),
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, en, zh } = view.errorOf(error.code, error.detail, wire);
    return { outcome: null, fault: error.code, result: code, description: { en, zh }, answer: null };
  }
}

function* ofLines(wire: WireAction): Generator<Documented> {
  for (const { id, rows } of SANDBOX_SECTIONS)
    for (const [index, { number, when, meaning, delayMs = 0 }] of rows.entries()) {
      // A row that asks for a field which the action does not have is never its answer.
      if (Object.keys(when ?? {}).some((field) => !(field in wire.action.input.properties))) continue;
      const { name = [PERSON.name], idCard = [PERSON.idCard] }: NonNullable<SandboxRow['when']> = when ?? {};
      const input = pickInput(wire, { ...PERSON, msisdn: number, name: name[0], idCard: idCard[0] });
      yield { name: nameOf(id, number, index), section: id, meaning, delay_ms: delayMs, delivery: [], input };
    }
}

function* ofContacts(
  wire: WireAction,
  job: ContactJob,
  sections: typeof CONTACT_SECTIONS,
): Generator<Documented> {
  for (const { id, rows } of sections)
    for (const [index, row] of rows.entries()) {
      // Lists only ever play faults.
      if (job === 'list' && row.faults.list === undefined) continue;
      const { number, address, meaning, delayMs = 0 } = row;
      const delivery = job === 'send' && row.faults.send === undefined ? stagesOf(row) : [];
      const common = { section: id, meaning, delay_ms: delayMs, delivery };
      if (number !== undefined)
        yield { ...common, name: nameOf(id, number, index), input: contactInput(wire, row, 1, number) };
      const isSearched = job !== 'list' || 'contact' in wire.action.input.properties;
      if (address !== undefined && isSearched) {
        const [name = ''] = address.split('@');
        yield { ...common, name: `mail-${name}`, input: contactInput(wire, row, 2, address) };
      }
    }
}

function contactInput(wire: WireAction, { code }: ContactRow, type: 1 | 2, contact: string): Input {
  const { properties } = wire.action.input;
  const place = 'contact' in properties ? { contact } : { offset: Number(contact) };
  return pickInput(wire, {
    ...wire.action.examples[0]?.input,
    ...{ type, ...place, to: contact, verifyCode: code ?? SANDBOX_CODE },
  });
}

function stagesOf({ delivery }: ContactRow): SandboxInput['delivery'] {
  return delivery.map(({ fromMs, deliveryState, reason }) => ({
    from_ms: fromMs,
    state: deliveryState,
    reason,
  }));
}

/** A fault's name in the first field that can ask for one. */
function* ofPlatform(wire: WireAction): Generator<Documented> {
  const field = PLATFORM_FIELDS.find((one) => one in wire.action.input.properties);
  if (field === undefined) return;
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    if (!concernsAction(fault, wire.action.faults)) continue;
    const input = { ...wire.action.examples[0]?.input, [field]: `${PLATFORM_PREFIX}${fault}` };
    const about = { section: 'faults', meaning: meaningOf(fault), delay_ms: 0, delivery: [] } as const;
    yield { ...about, name: `fault-${fault.replaceAll('_', '-')}`, input };
  }
}

/** For addresses, which hold no number: of the sandbox's own ones the digits that tell them apart. */
function nameOf(section: string, number: string, index: number): string {
  return number.startsWith(RESERVED_RANGE)
    ? `${section}-${number.slice(RESERVED_RANGE.length + 1)}`
    : `${section}-${index + 1}`;
}
