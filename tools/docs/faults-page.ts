// docs/reference/faults.md: every fault with its error code on each wire.

import type { WireView } from '../../src/app/wire-view.ts';
import { FAULTS, type FaultCode } from '../../src/domain/fault.ts';
import { SANDBOX_TABLE } from '../../src/sources/sandbox/table.ts';
import { isLiveFault } from './fault-origins.ts';
import { joinBlocks, type Page, quote, renderTable } from './markdown.ts';

export function createFaultsPage(view: WireView, other: WireView): Page {
  const rows = (Object.keys(FAULTS) as FaultCode[]).map((fault) => {
    const { blame, retryable, summary } = FAULTS[fault];
    const { code, en } = view.errorOf(fault);
    const others = view.actions
      .map((wire) => ({ name: wire.name, own: view.errorOf(fault, {}, wire).code }))
      .filter(({ own }) => own !== code);
    const byCode = [...Map.groupBy(others, ({ own }) => own)].map(
      ([own, actions]) => `${quote(own)} (${actions.map(({ name }) => name).join(', ')})`,
    );
    const origin = view.actions.some((wire) => isLiveFault(view, wire, fault)) ? 'live' : 'sandbox only';
    return [
      quote(fault),
      summary,
      blame,
      retryable ? 'yes' : 'no',
      [quote(code), ...byCode].join('; '),
      en,
      quote(other.errorOf(fault).code),
      findNumber(fault),
      origin,
    ];
  });
  const headers = [
    'Fault',
    'Meaning',
    'To blame',
    'Retry',
    view.protocol,
    'Message',
    other.protocol,
    'Sandbox number',
    'Origin',
  ];
  return {
    file: 'faults.md',
    title: 'Faults',
    summary: 'Why a call has no answer. A fault is never charged.',
    body: joinBlocks(
      'A retry can succeed only where the table says so. *Sandbox only* marks a documented code that no live request to this server can cause; clients still meet it at the vendor, so the sandbox can produce it. Codes in brackets are those of actions that have one of their own for the fault. To the actions about contacts an e-mail address plays it too: the name of the fault with hyphens, at `sandbox.invalid`.',
      renderTable(headers, rows),
    ),
  };
}

function findNumber(fault: FaultCode): string {
  const row = SANDBOX_TABLE.find(
    ({ answers, delayMs }) =>
      delayMs === undefined &&
      Object.values(answers).length > 0 &&
      Object.values(answers).every((answer) => 'fault' in answer && answer.fault === fault),
  );
  return row === undefined ? '' : quote(row.number);
}
