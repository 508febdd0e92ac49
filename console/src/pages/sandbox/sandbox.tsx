// Every documented input of the sandbox, by action, with what it plays: to be searched, printed, and tried in the Explorer.

import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../api/actions.ts';
import { type SandboxInput, useSandboxInputs } from '../../api/sandbox.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { ActionSelect } from '../explorer/action-select.tsx';
import { Sections } from './sections.tsx';

const FIRST = 'MobileStatus';

export function Page() {
  const { t } = useTranslation();
  const pick = useBilingual();
  const url = useUrlState();
  const table = useActions();
  // It may be somebody's number: not into the address.
  const [words, setWords] = useState('');
  const actions = table.data?.actions ?? [];
  const chosen = actions.find(({ action }) => action === (url.get('action') ?? FIRST));
  const inputs = useSandboxInputs(chosen);
  const all = inputs.data?.items ?? [];
  const found = findInputs(all, words);
  const failed = [table, inputs].find(({ isError }) => isError);

  return (
    <>
      <PageHead
        title={t('sandbox.title')}
        lead={t('sandbox.lead')}
        actions={
          <Button className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
            {t('reference.print')}
          </Button>
        }
      />
      {failed !== undefined && <Problem error={failed.error} retry={() => void failed.refetch()} />}
      {table.data !== undefined && (
        <Flex gap={8} wrap className="no-print" style={{ marginBlockEnd: 16 }}>
          <ActionSelect
            label={t('sandbox.action')}
            style={{ flex: '1 1 260px', maxWidth: 360 }}
            actions={actions}
            chosen={chosen?.action}
            onChoose={(action) =>
              url.change({ action: action === FIRST ? undefined : action, section: undefined })
            }
          />
          <Input.Search
            allowClear
            style={{ flex: '1 1 240px', maxWidth: 420 }}
            aria-label={t('sandbox.search')}
            placeholder={t('sandbox.search')}
            value={words}
            onChange={({ target }) => {
              if (url.offset > 0) url.change({});
              setWords(target.value);
            }}
          />
        </Flex>
      )}
      {(table.isPending || inputs.isLoading) && failed === undefined && <Loading />}
      {table.data !== undefined && chosen === undefined && (
        <Card>
          <Empty title={t('explorer.noSuchCall')} text={t('explorer.noSuchCallText')} />
        </Card>
      )}
      {chosen !== undefined && inputs.data !== undefined && (
        <>
          <p className="sandbox-action">
            <strong>{chosen.action}</strong> {pick(chosen.title)}
          </p>
          {found.length === 0 && (
            <Empty
              title={all.length === 0 ? t('sandbox.none') : t('sandbox.nothing')}
              text={all.length === 0 ? t('sandbox.noneText') : t('sandbox.nothingText')}
            />
          )}
          <Sections action={chosen} inputs={found} url={url} />
        </>
      )}
    </>
  );
}

/** Every word must stand somewhere in the row. */
function findInputs(inputs: readonly SandboxInput[], words: string): readonly SandboxInput[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return inputs.filter(({ name: _name, ...shown }) => {
    const text = JSON.stringify(shown).toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
