// Where the holder of an account is signed in, and the holder's platform tokens: in a drawer that is opened when it is needed, for
// each look is an act in the audit log.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { TOKEN_ORDERS, usePlatformTokenColumns } from '../../parts/platform-token-columns.tsx';
import { RemovalButton } from '../../parts/removal-button.tsx';
import { SESSION_ORDERS, useSessionColumns } from '../../parts/session-columns.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Session = Answer<'GET /operator/accounts/{id}/sessions'>['items'][number];
type Token = Answer<'GET /operator/accounts/{id}/platform-tokens'>['items'][number];
export const HOLDER_LISTS = ['sessions', 'tokens'] as const;
export type HolderList = (typeof HOLDER_LISTS)[number];

interface Props {
  readonly id: string;
  readonly email: string;
  readonly shown: HolderList | undefined;
  readonly onClose: () => void;
}

export function HolderLists({ id, email, shown, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={shown !== undefined}
      onClose={onClose}
      title={t('common.titled', {
        title: shown === 'tokens' ? t('people.showTokens') : t('people.showSessions'),
        of: email,
      })}
      size={820}
      destroyOnHidden
    >
      <Typography.Paragraph type="secondary">{t('people.holderText')}</Typography.Paragraph>
      {shown === 'sessions' && <HolderSessions id={id} />}
      {shown === 'tokens' && <HolderTokens id={id} />}
    </Drawer>
  );
}

function HolderSessions({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const client = useQueryClient();
  const url = useUrlState('holder_');
  const order = orderingOf(url, SESSION_ORDERS, '-created_at');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const sessions = useQuery({
    queryKey: ['holder', id, 'sessions', query],
    queryFn: () => call('GET /operator/accounts/{id}/sessions', { path: { id }, query }),
    placeholderData: (before) => before,
  });
  const columns = useSessionColumns<Session>(order);
  return (
    <Listing<Session>
      rows={sessions}
      url={url}
      order={order}
      rowKey={({ id: key }) => key}
      width={740}
      empty={<Empty title={t('people.noSessions')} text={t('people.noSessionsText')} />}
      columns={[
        ...columns,
        {
          title: t('common.actions'),
          key: 'actions',
          width: 100,
          align: 'right',
          render: (_, { id: key, created_at: at }) => (
            <RemovalButton
              label={t('people.end')}
              of={time(at)}
              title={t('people.endTitle')}
              text={t('people.endText')}
              done={t('people.ended')}
              remove={() =>
                call('DELETE /operator/accounts/{id}/sessions/{session_id}', {
                  path: { id, session_id: key },
                })
              }
              onSettled={() => client.invalidateQueries({ queryKey: ['holder', id] })}
            />
          ),
        },
      ]}
    />
  );
}

function HolderTokens({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const url = useUrlState('holder_');
  const order = orderingOf(url, TOKEN_ORDERS, '-created_at');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const tokens = useQuery({
    queryKey: ['holder', id, 'tokens', query],
    queryFn: () => call('GET /operator/accounts/{id}/platform-tokens', { path: { id }, query }),
    placeholderData: (before) => before,
  });
  const { nameOf, columns } = usePlatformTokenColumns(order);
  return (
    <Listing<Token>
      rows={tokens}
      url={url}
      order={order}
      rowKey={({ id: key }) => key}
      width={740}
      empty={<Empty title={t('people.noTokens')} text={t('people.noTokensText')} />}
      columns={[
        ...columns,
        {
          title: t('common.actions'),
          key: 'actions',
          width: 110,
          align: 'right',
          render: (_, token) => (
            <RemovalButton
              label={t('people.revoke')}
              of={nameOf(token)}
              title={t('operations.revokeTitle', { name: nameOf(token) })}
              text={t('people.revokeTokenText')}
              done={t('people.revoked')}
              remove={() =>
                call('DELETE /operator/accounts/{id}/platform-tokens/{token_id}', {
                  path: { id, token_id: token.id },
                })
              }
              onSettled={() => client.invalidateQueries({ queryKey: ['holder', id] })}
            />
          ),
        },
      ]}
    />
  );
}
