// What is done to a whole account: verify, suspend, resume; each asks first.

import { EllipsisOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useErrorText } from '../../parts/problem.tsx';

type Account = Pick<Answer<'GET /operator/accounts'>['items'][number], 'account_id' | 'name' | 'state'>;
type Act = 'verify' | 'suspend' | 'resume';
const OTHERS = { unverified: ['verify', 'suspend'], active: ['suspend'], suspended: ['resume'] } as const;
export const ACCOUNT_TONES = { active: 'good', unverified: 'warning', suspended: 'bad' } as const;

function useAct({ account_id: id, name }: Account) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const act = useMutation({
    mutationFn: (wanted: Act) => call(`POST /operator/accounts/{id}/${wanted}`, { path: { id } }),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const words = (wanted: Act) =>
    wanted === 'suspend'
      ? { title: t('accounts.suspendTitle', { name }), content: t('accounts.suspendText') }
      : { title: t(`operations.${wanted}Title`, { name }), content: t(`operations.${wanted}Text`) };
  return {
    isPending: act.isPending,
    ask: (wanted: Act) =>
      modal.confirm({
        ...words(wanted),
        okText: t(`accounts.${wanted}`),
        okButtonProps: { danger: wanted === 'suspend' },
        onOk: () => act.mutateAsync(wanted).catch(() => {}),
      }),
  };
}

/** In a row of a list. */
export function AccountActions({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { ask, isPending } = useAct(account);
  const items = OTHERS[account.state].map((key) => ({
    key,
    danger: key === 'suspend',
    label: t(`accounts.${key}`),
    onClick: () => ask(key),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button
        type="text"
        icon={<EllipsisOutlined />}
        aria-label={`${t('common.actions')}: ${account.name}`}
        loading={isPending}
      />
    </Dropdown>
  );
}

/** On the page of the account. */
export function AccountButtons({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { ask, isPending } = useAct(account);
  return OTHERS[account.state].map((key) => (
    <Button key={key} loading={isPending} onClick={() => ask(key)}>
      {t(`accounts.${key}`)}
    </Button>
  ));
}
