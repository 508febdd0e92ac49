// What a call asked and how it ended: the code, and what the table of actions says of it in the language of the page. Where the
// table has no words for a code it stands alone.

import { Typography } from 'antd';
import { type Action, type ActionTable, useActions } from '../api/actions.ts';
import { type Bilingual, useBilingual } from './bilingual.ts';

/** Of one call; the action by our own name of it. */
interface Called {
  readonly protocol: string;
  readonly action: string;
}

interface Ended extends Called {
  /** Also a fault's. */
  readonly outcome: string;
}

export function ActionName(called: Called) {
  const table = useActions().data;
  return <Coded code={called.action} words={actionsOf(table, called)[0]?.title} />;
}

/** Where a sentence in each row would be too much: it is shown to whoever points at the code. */
export function ActionCode(called: Called) {
  const table = useActions().data;
  const pick = useBilingual();
  const title = actionsOf(table, called)[0]?.title;
  return (
    <code className="value" title={title === undefined ? undefined : pick(title)}>
      {called.action}
    </code>
  );
}

export function OutcomeName({ protocol, action, outcome }: Ended) {
  const table = useActions().data;
  return <Coded code={outcome} words={wordsOf(table, { protocol, action, outcome })} />;
}

function Coded({ code, words }: { readonly code: string; readonly words: Bilingual | undefined }) {
  const pick = useBilingual();
  if (words === undefined) return <code className="value">{code}</code>;
  return (
    <>
      <code className="value">{code}</code>{' '}
      <Typography.Text type="secondary" style={{ fontSize: 13, fontWeight: 'normal' }}>
        {pick(words)}
      </Typography.Text>
    </>
  );
}

/** Those of the protocol first: calls of our own have the same questions, and no rows in the table. */
function actionsOf(table: ActionTable | undefined, { protocol, action }: Called): readonly Action[] {
  const same = (table?.actions ?? []).filter(({ own_name: ownName }) => ownName === action);
  const [own, others] = [same.filter((one) => one.protocol === protocol), same];
  return own.length > 0 ? own : others;
}

function wordsOf(table: ActionTable | undefined, { outcome, ...called }: Ended): Bilingual | undefined {
  const actions = actionsOf(table, called);
  for (const { results, errors } of actions) {
    const result = results.find((one) => one.outcome === outcome);
    if (result !== undefined) return result.description;
    const error = errors.find(({ fault }) => fault === outcome);
    if (error !== undefined) return error.message;
  }
  const common = table?.errors[actions[0]?.protocol ?? called.protocol] ?? [];
  return common.find(({ fault }) => fault === outcome)?.message;
}
