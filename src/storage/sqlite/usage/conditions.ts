// The filter that calls and daily sums share, as SQL. Names of columns are ours alone; what was asked travels as values.

import type { SQLInputValue } from 'node:sqlite';
import type { UsageFilter } from '../../../ports/usage.ts';

export interface Condition {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

export function conditionsOf({ account, key, protocol, actions }: UsageFilter): Condition {
  const texts: string[] = [];
  const values: SQLInputValue[] = [];
  const demand = (text: string, ...given: readonly SQLInputValue[]): void => {
    texts.push(text);
    values.push(...given);
  };
  if (account !== undefined) demand('account = ?', account);
  if (key !== undefined) demand('key = ?', key);
  if (protocol !== undefined) demand('protocol = ?', protocol);
  if (actions !== undefined) demand(`action IN (${actions.map(() => '?').join(', ')})`, ...actions);
  return { text: texts.length === 0 ? 'TRUE' : texts.join(' AND '), values };
}
