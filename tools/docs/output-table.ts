// The members of an action's answer on the wire: for actions that the sandbox plays, with every value that it can show.

import type { TSchema } from 'typebox';
import { pickInput, type WireAction, type WireView } from '../../src/app/wire-view.ts';
import { Fault } from '../../src/domain/fault.ts';
import { isRehearsed } from '../../src/sources/sandbox/answer.ts';
import { createSandbox } from '../../src/sources/sandbox/create-sandbox.ts';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import { quote, renderTable } from './markdown.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  Result: 'Result code; see the results below.',
  Description: 'The result code in words, in the language of the caller.',
  StatusCode:
    '0 normal, 1 out of service, 2 cancelled, 4 not in the network or never assigned, 5 in the network but unusable, 99 unknown.',
  Range:
    'Months in service as `[a,b)`: at least a, less than b; `+` is no upper bound. Empty when it is not known.',
  Isp: 'The serving carrier; empty when it is not known or has no name in the table of carriers.',
  ResultDetail: 'What does not agree. Only with VerifyMode "1" and result "-4".',
  RequestId: 'A UUID, in every answer.',
};
const LISTED = new Set(['StatusCode', 'Range', 'Isp', 'ResultDetail']);

export async function renderOutput(view: WireView, wire: WireAction): Promise<string> {
  const rows = isRehearsed(wire.action.name) ? await collectMembers(view, wire) : listProperties(wire);
  const withId = [...rows, ['RequestId', 'string', MEANINGS.RequestId ?? '']];
  return renderTable(
    ['Member', 'Type', 'Meaning'],
    withId.map(([name = '', type = '', meaning = '']) => [quote(name), type, meaning]),
  );
}

async function collectMembers(view: WireView, wire: WireAction): Promise<string[][]> {
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  const sandbox = createSandbox({ clock, region: 'CN', maxDelayedCalls: 1 });
  const values = new Map<string, Set<unknown>>();
  for (const row of SANDBOX_TABLE) {
    const input = pickInput(wire, {
      msisdn: row.number,
      name: '张三',
      idCard: '11010519491231002X',
      verifyMode: '1',
    });
    try {
      const conclusion = await sandbox.rehearse(wire.action.name, input);
      if (conclusion === undefined) continue;
      for (const [name, value] of Object.entries(view.renderAnswer(wire, input, conclusion))) {
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return [...values].map(([name, seen]) => [name, typeOf(seen), describe(name, seen)]);
}

function describe(name: string, seen: ReadonlySet<unknown>): string {
  const shown = [...seen].map((value) => quote(String(value))).sort();
  const list = LISTED.has(name) ? ` Seen in the sandbox: ${shown.join(', ')}.` : '';
  return `${MEANINGS[name] ?? ''}${list}`;
}

function typeOf(seen: ReadonlySet<unknown>): string {
  return [...seen].every((value) => Number.isInteger(value)) ? 'integer' : 'string';
}

type Node = TSchema & { type?: string; title?: string; items?: { properties?: Record<string, TSchema> } };

function listProperties(wire: WireAction): string[][] {
  return listMembers(wire.action.output.properties, '');
}

/** With the members of what is in lists: `List[].Member`. */
function listMembers(properties: Readonly<Record<string, TSchema>>, before: string): string[][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { type = 'any', title = '', items } = property as Node;
    const shown = `${before}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return [[shown, type, title], ...listMembers(items?.properties ?? {}, `${shown}[].`)];
  });
}
