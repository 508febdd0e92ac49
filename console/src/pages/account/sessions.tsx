// Where a person is signed in: end one of the sessions, all others, or all.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { useForgetAll } from '../../api/visitor.ts';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { RemovalButton } from '../../parts/removal-button.tsx';
import { SESSION_ORDERS, useSessionColumns } from '../../parts/session-columns.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Session = Answer<'GET /people/sessions'>['items'][number];
const KEY = ['sessions'];

export function Sessions() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const client = useQueryClient();
  const url = useUrlState('sessions_');
  const order = orderingOf(url, SESSION_ORDERS, '-created_at');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const sessions = useQuery({
    queryKey: [...KEY, query],
    queryFn: () => call('GET /people/sessions', { query }),
    placeholderData: (before) => before,
  });
  const columns = useSessionColumns<Session>(order, ({ current }) =>
    current ? <Mark tone="plain">{t('people.current')}</Mark> : null,
  );
  return (
    <Listing<Session>
      rows={sessions}
      url={url}
      order={order}
      title={t('account.sessions')}
      lead={
        <Flex gap="12px 24px" wrap justify="space-between" align="flex-start">
          <Typography.Text type="secondary" style={{ flex: '1 1 320px' }}>
            {t('people.ownText')}
          </Typography.Text>
          <EndMany isAlone={sessions.data?.count === 1} />
        </Flex>
      }
      rowKey={({ id }) => id}
      width={760}
      empty={null}
      columns={[
        ...columns,
        {
          title: t('common.actions'),
          key: 'actions',
          width: 110,
          align: 'right',
          render: (_, { id, created_at: at, current }) => (
            <RemovalButton
              label={t('people.end')}
              of={time(at)}
              title={t('people.endTitle')}
              text={current ? t('people.signOut') : t('people.endText')}
              done={t('people.ended')}
              disabled={current}
              remove={() => call('DELETE /people/sessions/{id}', { path: { id } })}
              onSettled={() => client.invalidateQueries({ queryKey: KEY })}
            />
          ),
        },
      ]}
    />
  );
}

/** `isAlone`: there is no other session that could be ended. */
function EndMany({ isAlone }: { readonly isAlone: boolean }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const forgetAll = useForgetAll();
  const onError = (error: Error) => message.error(errorText(error));
  const endOthers = useMutation({
    mutationFn: () => call('POST /people/logout-others', {}),
    onSuccess: () => message.success(t('people.othersEnded')),
    onError,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const endAll = useMutation({
    mutationFn: () => call('POST /people/logout-everywhere', {}),
    onSuccess: async () => {
      await forgetAll();
      navigate('/sign-in');
    },
    onError,
  });
  const askOthers = () =>
    modal.confirm({
      title: t('people.endOthersTitle'),
      content: t('people.endOthersText'),
      okText: t('people.endOthers'),
      okButtonProps: { danger: true },
      onOk: () => endOthers.mutateAsync().catch(() => {}),
    });
  const askAll = () =>
    modal.confirm({
      title: t('account.endSessionsTitle'),
      content: t('account.endSessionsText'),
      okText: t('account.endSessions'),
      okButtonProps: { danger: true },
      onOk: () => endAll.mutateAsync().catch(() => {}),
    });
  return (
    <Flex gap={8} wrap>
      <Button disabled={isAlone} onClick={askOthers}>
        {t('people.endOthers')}
      </Button>
      <Button onClick={askAll}>{t('account.endSessions')}</Button>
    </Flex>
  );
}
