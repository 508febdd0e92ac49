// How actions are named, ordered and found.

import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';

export function useGroupTitle(): (action: Action) => string {
  const { t } = useTranslation();
  return ({ protocol, product }) => `${t(`explorer.${protocol}`)} · ${product}`;
}

/** Every word must stand somewhere: in its names, its sentence in either language, its fields, its address, or be looked for. */
export function findActions(actions: readonly Action[], words: string): readonly Action[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return actions.filter((action) => {
    const text = searchText(action);
    return wanted.every((word) => text.includes(word));
  });
}

export function searchText(action: Action): string {
  const { protocol, product, service, own_name: ownName, path, title, words, fields } = action;
  return [action.action, protocol, product, service, ownName, path, title.en, title.zh, ...words]
    .concat(fields.map(({ name }) => name))
    .join(' ')
    .toLowerCase();
}

/** Products whose calls have a price come first: they are what most visitors look for. */
export function groupActions(
  actions: readonly Action[],
  titleOf: (action: Action) => string,
): readonly (readonly [string, readonly Action[]])[] {
  const isPriced = (members: readonly Action[]) =>
    members.some(({ cost }) => cost.some(({ consumption }) => consumption > 0));
  return [...Map.groupBy(actions, titleOf)].sort(([, a], [, b]) => Number(isPriced(b)) - Number(isPriced(a)));
}

export const addressOf = (action: Action): string =>
  `/reference/${action.protocol}/${encodeURIComponent(action.action)}`;
