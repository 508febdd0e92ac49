// The API Explorer: find a call, fill its form, send it, copy code that runs. Readable signed out; the address names the
// call only, never a value of the form.

import { Card, Col, Input, Menu, Row } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { OperationForm } from './operation-form.tsx';
import { type Operation, useOperations } from './operations.ts';

export function Page() {
  const { t, i18n } = useTranslation();
  const url = useUrlState();
  const [words, setWords] = useState('');
  const operations = useOperations();
  const isChinese = languageOf(i18n.language) === 'zh';
  const summaryOf = (one: Operation) => (isChinese ? one.summaryZh : one.summary);
  const found = (operations.data ?? []).filter((one) =>
    `${one.name} ${one.path} ${one.summary} ${one.summaryZh}`
      .toLowerCase()
      .includes(words.toLowerCase().trim()),
  );
  const chosen = operations.data?.find(({ name }) => name === url.get('call')) ?? operations.data?.[0];

  return (
    <>
      <PageHead title={t('explorer.title')} lead={t('explorer.lead')} />
      {operations.isError && <Problem error={operations.error} retry={() => void operations.refetch()} />}
      {operations.isPending && <Loading />}
      {chosen !== undefined && (
        <Row gutter={[16, 16]}>
          <Col xs={24} lg={8}>
            <Card styles={{ body: { padding: 12 } }}>
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
                  style={{ border: 0, marginBlockStart: 8 }}
                  selectedKeys={[chosen.name]}
                  onClick={({ key }) => url.change({ call: key })}
                  items={found.map((one) => ({
                    key: one.name,
                    title: summaryOf(one),
                    label: (
                      <>
                        <code>{one.name}</code> · {summaryOf(one)}
                      </>
                    ),
                  }))}
                />
              )}
            </Card>
          </Col>
          <Col xs={24} lg={16}>
            <OperationForm
              key={chosen.name}
              operation={chosen}
              summary={summaryOf(chosen)}
              isChinese={isChinese}
            />
          </Col>
        </Row>
      )}
    </>
  );
}
