// All calls with a quick search: a list beside the form, or one box above it where there is little room.

import { Card, Grid, Input, Menu, Select, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Empty } from '../../parts/empty.tsx';
import { findActions, groupActions, searchText, useGroupTitle } from './action-words.ts';

interface Props {
  readonly actions: readonly Action[];
  readonly chosen: string | undefined;
  readonly onChoose: (action: string) => void;
}

export function ActionList(props: Props) {
  const isWide = Grid.useBreakpoint().lg === true;
  return isWide ? <Panel {...props} /> : <Box {...props} />;
}

function Panel({ actions, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const titleOf = useGroupTitle();
  const pick = useBilingual();
  const [words, setWords] = useState('');
  const found = findActions(actions, words.trim());
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen !== undefined && panel.current !== null) showChosen(panel.current);
  }, [chosen]);
  return (
    <Card ref={panel} styles={{ body: { padding: 12 } }} className="action-panel">
      <Input.Search
        allowClear
        aria-label={t('explorer.search')}
        placeholder={t('explorer.search')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {found.length === 0 ? (
        <Empty title={t('explorer.nothing')} />
      ) : (
        <Menu
          className="action-menu"
          selectedKeys={chosen === undefined ? [] : [chosen]}
          onClick={({ key }) => onChoose(key)}
          items={groupActions(found, titleOf).map(([title, members]) => ({
            type: 'group' as const,
            key: title,
            label: title,
            children: members.map((one) => ({
              key: one.action,
              title: pick(one.title),
              label: (
                <>
                  <Typography.Text strong ellipsis>
                    {one.action}
                  </Typography.Text>
                  <Typography.Text type="secondary" className="action-sentence">
                    {pick(one.title)}
                  </Typography.Text>
                </>
              ),
            })),
          }))}
        />
      )}
    </Card>
  );
}

/** Within the list alone: the page stays where it is. */
function showChosen(panel: HTMLElement) {
  const list = panel.querySelector('.action-menu');
  const item = list?.querySelector('.ant-menu-item-selected');
  if (!(list instanceof HTMLElement) || !(item instanceof HTMLElement)) return;
  const below = item.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (below < 0 || below + item.clientHeight > list.clientHeight) list.scrollTop += below - 60;
}

function Box({ actions, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const titleOf = useGroupTitle();
  const texts = new Map(actions.map((one) => [one.action, searchText(one)]));
  return (
    <Select
      showSearch={{
        filterOption: (words, option) =>
          texts.get(valueIn(option))?.includes(words.toLowerCase().trim()) === true,
      }}
      size="large"
      style={{ width: '100%' }}
      aria-label={t('explorer.search')}
      placeholder={t('explorer.search')}
      value={chosen ?? null}
      onChange={(action: string | null) => action !== null && onChoose(action)}
      options={groupActions(actions, titleOf).map(([label, members]) => ({
        label,
        options: members.map(({ action }) => ({ value: action, label: action })),
      }))}
    />
  );
}

/** Ant Design asks for groups as well as for their members. */
function valueIn(option: object | undefined): string {
  return option !== undefined && 'value' in option ? String(option.value) : '';
}
