// One call out of all, in a box that is searched by whatever is told of them: what fits best stands first, and Enter takes it.

import { Select, type SelectProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useFoundActions } from './action-words.ts';

interface Props extends Pick<SelectProps, 'size' | 'style'> {
  readonly label: string;
  readonly actions: readonly Action[];
  readonly chosen: string | undefined;
  readonly onChoose: (action: string) => void;
}

export function ActionSelect({ label, actions, chosen, onChoose, ...look }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const { groups } = useFoundActions(actions, words);
  return (
    <Select<string>
      {...look}
      showSearch={{ filterOption: false, searchValue: words, onSearch: setWords }}
      aria-label={label}
      placeholder={label}
      value={chosen ?? null}
      onChange={onChoose}
      notFoundContent={t('explorer.nothing')}
      options={groups.map(([group, members]) => ({
        label: group,
        options: members.map(({ action }) => ({ value: action, label: action })),
      }))}
    />
  );
}
