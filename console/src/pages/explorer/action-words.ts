// How actions are named, ordered and found.

import { useTranslation } from 'react-i18next';
import type { Action, Field } from '../../api/actions.ts';

/** What has the words, by groups in the order in which they are shown, and the first of them. All where there are no words. */
export function useFoundActions(actions: readonly Action[], words: string) {
  const titleOf = useGroupTitle();
  const groups = groupActions(findActions(actions, words), titleOf, words.trim() !== '');
  return { groups, first: groups[0]?.[1][0] };
}

function useGroupTitle(): (action: Action) => string {
  const { t } = useTranslation();
  return ({ protocol, product }) => `${t(`explorer.${protocol}`)} · ${product}`;
}

/**
 * Every word must stand somewhere: in its names, its sentence in either language, its fields, its address, or be looked for.
 * Those come first that have the words in their names, then those whose sentence has them.
 */
export function findActions(actions: readonly Action[], words: string): readonly Action[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return actions;
  const found = actions.flatMap((action) => {
    const place = textsOf(action).findIndex((text) => wanted.every((word) => text.includes(word)));
    return place === -1 ? [] : [{ action, place }];
  });
  return found.sort((a, b) => a.place - b.place).map(({ action }) => action);
}

/** What is told of it, from its names alone to everything. */
function textsOf(action: Action): readonly string[] {
  const { protocol, product, service, own_name: ownName, path, title, words, fields, examples } = action;
  const names = [action.action, ownName, service];
  const sentences = [...names, title.en, title.zh, ...words];
  const all = [...sentences, protocol, product, path]
    .concat(fields.flatMap((field) => [field, ...(field.fields ?? [])]).flatMap(wordsOf))
    .concat(examples.flatMap((example) => [example.title.en, example.title.zh]));
  return [names, sentences, all].map((texts) => texts.join(' ').toLowerCase());
}

const wordsOf = ({ name, title }: Pick<Field, 'name' | 'title'>) => [name, title.en, title.zh];

/**
 * Products whose calls have a price come first: they are what most visitors look for. What was found stays in its order.
 */
function groupActions(
  actions: readonly Action[],
  titleOf: (action: Action) => string,
  isFound: boolean,
): readonly (readonly [string, readonly Action[]])[] {
  const groups = [...Map.groupBy(actions, titleOf)];
  if (isFound) return groups;
  const isPriced = (members: readonly Action[]) =>
    members.some(({ cost }) => cost.some(({ consumption }) => consumption > 0));
  return groups.sort(([, a], [, b]) => Number(isPriced(b)) - Number(isPriced(a)));
}

export const addressOf = (action: Action): string =>
  `/reference/${action.protocol}/${encodeURIComponent(action.action)}`;
