// The members of an action's answer on the wire. Of actions that the sandbox plays they are gathered from its whole table, as
// no schema holds what a protocol makes of a conclusion.

import type { Bilingual } from '../core/action.ts';
import { Fault } from '../domain/fault.ts';
import type { ExplorerField } from '../management/explorer/context.ts';
import { SANDBOX_TABLE } from '../sources/sandbox/table.ts';
import { openTableSandbox } from './table-sandbox.ts';
import { pickInput, type WireAction, type WireView } from './wire-view.ts';

/** By name in lower case, without underscores. */
const MEANINGS: Readonly<Record<string, Bilingual>> = {
  result: { en: 'Result code.', zh: '认证结果码。' },
  description: { en: 'The result code in words, in the language of the caller.', zh: '业务结果描述。' },
  statuscode: {
    en: '0 normal, 1 out of service, 2 cancelled, 3 or 4 never assigned, 4 not in the network, 5 in the network but unusable, 99 unknown.',
    zh: '0 正常，1 停机，2 销号，3 或 4 空号，4 不在网，5 在网但不可用，99 未知。',
  },
  range: {
    en: 'Months in service as [a,b): at least a, less than b; + is no upper bound. Empty when it is not known.',
    zh: '在网时长区间，[a,b) 表示大于等于 a 且小于 b 个月，+ 表示无上限；未知时为空。',
  },
  isp: { en: 'The serving carrier; empty when it is not known.', zh: '运营商名称；未知时为空。' },
  resultdetail: {
    en: 'What does not agree; only of a mismatch in the long version.',
    zh: '不一致的类型；仅在详版且不一致时返回。',
  },
  requestid: { en: 'A UUID, in every answer.', zh: '唯一请求 ID，每次请求都会返回。' },
};
/** Their values are a list that can be shown whole. */
const LISTED = new Set(['statuscode', 'resultdetail']);

export const REQUEST_ID: ExplorerField = memberOf('RequestId', new Set());

export async function gatherOutput(view: WireView, wire: WireAction): Promise<ExplorerField[]> {
  const sandbox = openTableSandbox();
  const values = new Map<string, Set<unknown>>();
  for (const { number } of SANDBOX_TABLE) {
    const input = pickInput(wire, {
      ...{ msisdn: number, name: '张三', idCard: '11010519491231002X', verifyMode: '1' },
    });
    try {
      const conclusion = await sandbox.rehearse(wire.action.name, input);
      if (conclusion === undefined) continue;
      for (const [name, value] of Object.entries(view.renderAnswer(wire, input, conclusion)))
        values.set(name, (values.get(name) ?? new Set()).add(value));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return [...values].map(([name, seen]) => memberOf(name, seen));
}

function memberOf(name: string, seen: ReadonlySet<unknown>): ExplorerField {
  const plain = name.toLowerCase().replaceAll('_', '');
  const isNumber = seen.size > 0 && [...seen].every((value) => Number.isInteger(value));
  const choices = [...seen].filter((value) => value !== null && value !== undefined);
  return {
    name,
    type: isNumber ? 'integer' : 'string',
    ...{ required: plain !== 'resultdetail', personal: false, encryptable: false },
    title: MEANINGS[plain] ?? { en: '', zh: '' },
    ...(LISTED.has(plain) ? { choices: choices.sort() } : {}),
  };
}
