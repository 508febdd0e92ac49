// All reference pages by protocol and product, with a quick search.

import { Card, Flex, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useActions } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { addressOf, useFoundActions } from '../explorer/action-words.ts';

export function Page() {
  const { t } = useTranslation();
  const pick = useBilingual();
  const navigate = useNavigate();
  const url = useUrlState();
  const words = url.get('search') ?? '';
  const table = useActions();
  const { groups, first } = useFoundActions(table.data?.actions ?? [], words);
  return (
    <>
      <PageHead
        title={t('reference.title')}
        lead={t('reference.lead')}
        actions={<a href="/openapi.json">{t('services.reference')}</a>}
      />
      <Input.Search
        allowClear
        className="no-print"
        style={{ maxWidth: 420, marginBlockEnd: 16 }}
        aria-label={t('explorer.search')}
        placeholder={t('explorer.search')}
        value={words}
        onChange={({ target }) => url.change({ search: target.value })}
        onSearch={(_, __, info) => {
          if (info?.source === 'input' && words.trim() !== '' && first !== undefined)
            void navigate(addressOf(first));
        }}
      />
      {table.isError && <Problem error={table.error} retry={() => void table.refetch()} />}
      {table.isPending && <Loading />}
      {table.data !== undefined && groups.length === 0 && <Empty title={t('explorer.nothing')} />}
      <Flex vertical gap={16}>
        {groups.map(([title, actions]) => (
          <Card
            key={title}
            title={
              <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
                {title}
              </Typography.Title>
            }
          >
            <dl className="facts reference-list">
              {actions.map((action) => (
                <div key={action.action}>
                  <dt>
                    <Link to={addressOf(action)}>{action.action}</Link>
                  </dt>
                  <dd>{pick(action.title)}</dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
      </Flex>
    </>
  );
}
