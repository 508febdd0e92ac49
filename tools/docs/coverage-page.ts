// docs/reference/coverage.md: action x result code x error code, and how each can be reached.

import {
  concernsAction,
  isBare,
  type WireAction,
  type WireText,
  type WireView,
} from '../../src/app/wire-view.ts';
import { FAULTS, type FaultCode } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';
import { isRehearsed } from '../../src/sources/sandbox/answer.ts';
import { isContactAction } from '../../src/sources/sandbox/contact-row.ts';
import { PLATFORM_FIELDS } from '../../src/sources/sandbox/table-faults.ts';
import { isLiveFault, isLiveOutcome } from './fault-origins.ts';
import { joinBlocks, type Page, quote, renderTable } from './markdown.ts';

const LEGEND = `**live**: a live request can cause it, and so can the sandbox. **sandbox**: only the sandbox can. **-**: the action has no
such code, or none that can be had here (the sandbox plays faults of platform actions through a KeyId, Alias or
CiphertextBlob only).`;

/** Of actions that tell it by answering at all. */
const SUCCESS: WireText = { code: 'none', en: 'success', zh: '' };

export function createCoveragePage(view: WireView): Page {
  const asking = view.actions.filter((wire) => isRehearsed(wire.action.name));
  const ofContacts = view.actions.filter((wire) => isContactAction(wire.action.name));
  const [international, domestic] = splitBy(ofContacts, ({ name }) => name.includes('Intl'));
  const platform = view.actions.filter((wire) => wire.action.service === 'platform');
  return {
    file: 'coverage.md',
    title: `Coverage of ${view.protocol}`,
    summary: 'Which result codes and error codes each action can answer.',
    body: joinBlocks(
      '## Actions',
      renderTable(
        ['Action', 'Product', 'Version', 'State'],
        [
          ...view.actions.map((wire) => [quote(wire.name), wire.product, wire.version, 'supported']),
          ...view.missing.map(({ name, product, version, reason }) => [
            quote(name),
            product,
            version,
            `waiting: ${reason}`,
          ]),
        ],
      ),
      LEGEND,
      '## Result codes',
      renderResults(view, [...asking, ...ofContacts]),
      '## Error codes of the verification actions',
      renderErrors(view, asking),
      '## Error codes of the international actions about contacts',
      renderErrors(view, international),
      '## Error codes of the domestic actions about contacts',
      renderErrors(view, domestic),
      '## Error codes of the platform actions',
      renderErrors(view, platform),
    ),
  };
}

function renderResults(view: WireView, actions: readonly WireAction[]): string {
  const rows = actions.flatMap((wire) =>
    (Object.entries(wire.action.outcomes) as [OutcomeCode, { charged: boolean }][]).map(
      ([outcome, { charged }]) => {
        const result = view.resultOf(wire.action, outcome);
        const text = result ?? (isBare(view, wire) ? SUCCESS : view.errorOf('daily_limit_reached'));
        const isError = result === undefined && text !== SUCCESS;
        const code = isError ? `error ${quote(text.code)}` : text === SUCCESS ? text.code : quote(text.code);
        return [
          quote(wire.name),
          code,
          text.en,
          text.zh,
          charged ? 'charged' : 'free',
          quote(outcome),
          isLiveOutcome(outcome) ? 'live' : 'sandbox',
        ];
      },
    ),
  );
  const missing = view.missing.map(({ name }) => [quote(name), '', '', '', '', '', 'waiting']);
  const headers = ['Action', 'Result', 'Description', '', 'Charge', 'Outcome', 'State'];
  return renderTable(headers, [...rows, ...missing]);
}

function renderErrors(view: WireView, actions: readonly WireAction[]): string {
  const rows = (Object.keys(FAULTS) as FaultCode[]).flatMap((fault) => {
    const [usual] = actions;
    const { code } = view.errorOf(fault, {}, usual);
    const cells = actions.map((wire) => {
      if (!concernsAction(fault, wire.action.faults)) return '-';
      const own = view.errorOf(fault, {}, wire).code;
      const difference = own === code ? '' : ` (${quote(own)})`;
      if (isLiveFault(view, wire, fault)) return `live${difference}`;
      return canRehearse(wire) ? `sandbox${difference}` : '-';
    });
    return cells.every((cell) => cell === '-') ? [] : [[quote(code), quote(fault), ...cells]];
  });
  return renderTable(['Error code', 'Fault', ...actions.map((wire) => wire.name)], rows);
}

function canRehearse(wire: WireAction): boolean {
  const { name, input } = wire.action;
  return (
    isRehearsed(name) ||
    isContactAction(name) ||
    PLATFORM_FIELDS.some((field) => Object.hasOwn(input.properties, field))
  );
}

function splitBy<T>(
  items: readonly T[],
  isFirst: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
