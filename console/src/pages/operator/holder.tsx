// Who registered for an account, where the holder is signed in, and what operators do when a holder lost an authenticator or somebody else got in.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import type { OperatedAccount } from './account.tsx';
import { HOLDER_LISTS, HolderLists } from './holder-lists.tsx';

const ACTS = {
  endSessions: 'DELETE /operator/accounts/{id}/sessions',
  revokeTokens: 'DELETE /operator/accounts/{id}/platform-tokens',
  removeTotp: 'DELETE /operator/accounts/{id}/totp',
} as const;
type Act = keyof typeof ACTS;

export function Holder({ account: { account_id: id, email } }: { readonly account: OperatedAccount }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const errorText = useErrorText();
  const url = useUrlState('holder_');
  const client = useQueryClient();
  const show = (list: string | undefined) =>
    url.change({ show: list, holder_ordering: undefined, holder_size: undefined });
  const act = useMutation({
    mutationFn: async (wanted: Act) => {
      await call(ACTS[wanted], { path: { id } });
    },
    onSuccess: () => message.success(t('operations.done')),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['holder', id] }),
  });
  const ask = (wanted: Act) =>
    modal.confirm({
      title: t('common.titled', { title: t(`operations.${wanted}`), of: email }),
      content: t(`operations.${wanted}Text`),
      okText: t(`operations.${wanted}`),
      okButtonProps: { danger: true },
      onOk: () => act.mutateAsync(wanted).catch(() => {}),
    });
  return (
    <Card title={t('operations.holder')}>
      {email === null ? (
        <Typography.Text type="secondary">{t('operations.noHolder')}</Typography.Text>
      ) : (
        <>
          <Typography.Paragraph strong>{email}</Typography.Paragraph>
          <Flex gap={8} wrap>
            <Button onClick={() => show('sessions')}>{t('people.showSessions')}</Button>
            <Button onClick={() => show('tokens')}>{t('people.showTokens')}</Button>
            {(Object.keys(ACTS) as Act[]).map((wanted) => (
              <Button key={wanted} onClick={() => ask(wanted)}>
                {t(`operations.${wanted}`)}
              </Button>
            ))}
          </Flex>
          <HolderLists
            id={id}
            email={email}
            shown={HOLDER_LISTS.find((one) => one === url.get('show'))}
            onClose={() => show(undefined)}
          />
        </>
      )}
    </Card>
  );
}
