// All calls with a quick search: a list beside the form, or one box above it where there is little room.

import { Card, Grid, Input, Menu, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ActionSelect } from './action-select.tsx';
import { useFoundActions } from './action-words.ts';

interface Props {
  readonly actions: readonly Action[];
  readonly chosen: string | undefined;
  readonly onChoose: (action: string) => void;
}

export function ActionList(props: Props) {
  const isWide = Grid.useBreakpoint().lg === true;
  const { t } = useTranslation();
  if (isWide) return <Panel {...props} />;
  return <ActionSelect {...props} label={t('explorer.search')} size="large" style={{ width: '100%' }} />;
}

function Panel({ actions, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const [words, setWords] = useState('');
  const { groups, first } = useFoundActions(actions, words);
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
        onSearch={(_, __, info) => {
          if (info?.source === 'input' && words.trim() !== '' && first !== undefined) onChoose(first.action);
        }}
      />
      {first === undefined ? (
        <Empty title={t('explorer.nothing')} />
      ) : (
        <Menu
          className="action-menu"
          selectedKeys={chosen === undefined ? [] : [chosen]}
          onClick={({ key }) => onChoose(key)}
          items={groups.map(([title, members]) => ({
            type: 'group' as const,
            key: title,
            label: title,
            children: members.map((one) => ({
              key: one.action,
              title: pick(one.title),
              label: (
                <>
                  <Typography.Text strong>
                    <Breakable text={one.action} />
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
