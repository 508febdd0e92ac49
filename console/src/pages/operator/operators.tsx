// What lets operators in: tokens, links and sessions, of all operators; each can be revoked but the session that looks.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Typography } from 'antd';
import { Trans, useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { RemovalButton } from '../../parts/removal-button.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Token = Answer<'GET /operator/tokens'>['items'][number];
const KEY = ['operator-tokens'];
const WHOLE = { whiteSpace: 'nowrap' } as const;
const LEAD = 'people.lead';
const TONES = { valid: 'good', expired: 'plain', revoked: 'warning' } as const;

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const client = useQueryClient();
  const url = useUrlState();
  const order = orderingOf(url, ['name', 'kind', 'created_at', 'expires_at'], '-created_at');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const tokens = useQuery({
    queryKey: [...KEY, query],
    queryFn: () => call('GET /operator/tokens', { query }),
    placeholderData: (before) => before,
  });
  const kindOf = ({ kind }: Token) => t(`people.kind_${kind}`);
  const figures = (at: string | null) => (
    <span className="figures">{at === null ? t('common.never') : time(at)}</span>
  );
  return (
    <>
      <PageHead
        title={t('people.title')}
        lead={
          <Trans
            i18nKey={LEAD}
            components={[<code key="token" style={WHOLE} />, <code key="link" style={WHOLE} />]}
          />
        }
        actions={<Button onClick={() => void tokens.refetch()}>{t('common.refresh')}</Button>}
      />
      <Listing<Token>
        rows={tokens}
        url={url}
        order={order}
        rowKey={({ id }) => String(id)}
        width={980}
        empty={<Empty title={t('people.none')} text={t('people.noneText')} />}
        columns={[
          {
            title: t('people.name'),
            ...order.by('name'),
            render: (_, { name, current }) => (
              <>
                <Typography.Text strong>{name}</Typography.Text>{' '}
                {current && <Mark tone="plain">{t('people.current')}</Mark>}
              </>
            ),
          },
          { title: t('people.kind'), ...order.by('kind'), width: 130, render: (_, one) => kindOf(one) },
          {
            title: t('people.state'),
            width: 120,
            render: (_, { state }) => <Mark tone={TONES[state]}>{t(`people.state_${state}`)}</Mark>,
          },
          {
            title: t('people.made'),
            ...order.by('created_at', 'descend'),
            width: 215,
            render: (_, { created_at: at }) => figures(at),
          },
          {
            title: t('people.expires'),
            ...order.by('expires_at'),
            width: 215,
            render: (_, { expires_at: at }) => figures(at),
          },
          {
            title: t('common.actions'),
            key: 'actions',
            width: 110,
            align: 'right',
            render: (_, token) => (
              <RemovalButton
                label={t('people.revoke')}
                of={`${kindOf(token)} ${token.name} ${token.id}`}
                title={t('people.revokeTitle', { kind: kindOf(token), name: token.name })}
                text={t('people.revokeText')}
                done={t('people.revoked')}
                disabled={token.current || token.state === 'revoked'}
                remove={() => call('DELETE /operator/tokens/{id}', { path: { id: String(token.id) } })}
                onSettled={() => client.invalidateQueries({ queryKey: KEY })}
              />
            ),
          },
        ]}
      />
    </>
  );
}
