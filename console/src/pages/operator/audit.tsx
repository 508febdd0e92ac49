// The audit log. Its filters stand in the address, but for a number: that is nobody's to find in a history.

import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Actor } from './actor.tsx';
import { ActDetail } from './audit-detail.tsx';
import { AuditFilters } from './audit-filters.tsx';

export type Act = Answer<'GET /operator/audit'>['items'][number];

const FILTERS = ['actor', 'act', 'subject', 'from', 'to'] as const;

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const url = useUrlState();
  const order = orderingOf(url, ['time'], '-time');
  const [number, setNumber] = useState('');
  const [shown, setShown] = useState<Act>();
  const [cleared, setCleared] = useState(0);
  const query = {
    limit: url.limit,
    offset: url.offset,
    ordering: order.asked,
    ...{ actor: url.get('actor'), act: url.get('act'), subject: url.get('subject') },
    ...{ from: url.get('from'), to: url.get('to'), number: number === '' ? undefined : number },
  };
  const acts = useQuery({
    queryKey: ['audit', query],
    queryFn: () => call('GET /operator/audit', { query }),
    placeholderData: (before) => before,
  });
  const clear = () => {
    url.change(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
    setNumber('');
    setCleared(cleared + 1);
  };
  const isFiltered = number !== '' || FILTERS.some((name) => url.get(name) !== undefined);
  const value = (text: string) => <code className="value">{text}</code>;
  return (
    <>
      <PageHead
        title={t('operations.audit')}
        lead={t('operations.auditLead')}
        actions={<Button onClick={() => void acts.refetch()}>{t('common.refresh')}</Button>}
      />
      <AuditFilters
        key={cleared}
        isCleared={cleared > 0}
        url={url}
        onNumber={(text) => {
          url.change({});
          setNumber(text);
        }}
      />
      <Listing<Act>
        rows={acts}
        url={url}
        order={order}
        rowKey={({ seq }) => String(seq)}
        width={980}
        empty={
          <Empty title={t('operations.noActs')} text={t('operations.noActsText')}>
            {isFiltered && <Button onClick={clear}>{t('usage.clear')}</Button>}
          </Empty>
        }
        columns={[
          {
            title: t('operations.time'),
            ...order.by('time', 'descend'),
            width: 215,
            render: (_, { time: at }) => <span className="figures">{time(at)}</span>,
          },
          { title: t('operations.actor'), width: 250, render: (_, act) => <Actor act={act} /> },
          { title: t('operations.act'), width: 200, render: (_, { act }) => value(act) },
          { title: t('operations.subject'), render: (_, { subject }) => value(subject) },
          {
            title: <span className="skip-link">{t('common.details')}</span>,
            key: 'details',
            width: 120,
            align: 'right',
            render: (_, act) => (
              <Button
                size="small"
                aria-label={`${t('common.details')}: ${act.act} ${act.seq}`}
                onClick={() => setShown(act)}
              >
                {t('common.details')}
              </Button>
            ),
          },
        ]}
      />
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={t('operations.oneAct')}
        size={520}
      >
        {shown !== undefined && <ActDetail act={shown} />}
      </Drawer>
    </>
  );
}
