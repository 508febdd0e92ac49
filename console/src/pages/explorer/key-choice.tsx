// With which key a call is made: one of the sandbox first, and a word of warning before a live one.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import type { Visitor } from '../../api/visitor.ts';
import { Mark } from '../../parts/mark.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';

type Credential = Answer<'GET /credentials'>['items'][number];
export type Key = Pick<Credential, 'id' | 'name' | 'token' | 'sandbox' | 'disabled' | 'expired_at'>;

const LISTED_MAX = 100;

/** Those that can call now: one's own, or for operators those of the account, once there is one. */
export function useKeys(kind: Visitor['kind'], account: string | undefined) {
  const query = { limit: LISTED_MAX };
  const isOperator = kind === 'operator';
  return useQuery({
    queryKey: isOperator ? ['accounts', 'credentials', account, 'callable'] : ['keys', 'callable'],
    queryFn: async (): Promise<readonly Key[]> =>
      isOperator
        ? (await call('GET /operator/accounts/{id}/credentials', { path: { id: account ?? '' }, query }))
            .items
        : (await call('GET /credentials', { query })).items,
    enabled: kind === 'person' || (isOperator && account !== undefined),
    select: (items) =>
      items.filter(
        ({ disabled, expired_at: at }) => !disabled && (at === null || Date.parse(at) > Date.now()),
      ),
  });
}

interface SandboxKeyProps {
  /** For operators. */
  readonly account: string | undefined;
  readonly onMade: (id: string) => void;
}

/** The first call needs no visit to another page. What the key signs with is shown nowhere: rotated, it is shown once. */
function SandboxKeyButton({ account, onMade }: SandboxKeyProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => {
      const body = { name: t('explorer.title'), sandbox: true };
      return account === undefined
        ? call('POST /credentials', { body })
        : call('POST /operator/accounts/{id}/credentials', { path: { id: account }, body });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({
        queryKey: account === undefined ? ['keys'] : ['accounts', 'credentials'],
      });
      onMade(id);
    },
    onError: (error) => message.error(errorText(error)),
  });
  return (
    <Button size="small" type="primary" loading={make.isPending} onClick={() => make.mutate()}>
      {t('explorer.makeSandboxKey')}
    </Button>
  );
}

interface Props {
  readonly keys: ReturnType<typeof useKeys>;
  readonly chosen: Key | undefined;
  readonly onChoose: (id: string) => void;
  /** For operators: whose keys they are. */
  readonly account?: string | undefined;
}

export function KeyChoice({ keys, chosen, onChoose, account }: Props) {
  const { t } = useTranslation();
  if (keys.isError) return <Problem error={keys.error} retry={() => void keys.refetch()} />;
  const found = keys.data ?? [];
  const toTry = <SandboxKeyButton account={account} onMade={onChoose} />;
  if (keys.data !== undefined && found.length === 0)
    return (
      <Alert
        type="info"
        showIcon
        style={{ marginBlockEnd: 16 }}
        title={t(account === undefined ? 'explorer.noKey' : 'explorer.accountHasNoKey')}
        action={toTry}
      />
    );
  return (
    <>
      <Form.Item label={t('explorer.key')} htmlFor="explorer-key" required>
        <Select
          id="explorer-key"
          loading={keys.isPending}
          placeholder={t('explorer.chooseKey')}
          value={chosen?.id ?? null}
          onChange={(id: string | null) => id !== null && onChoose(id)}
          options={found.map(({ id, name, token, sandbox }) => ({
            value: id,
            label: (
              <>
                {name === '' ? t('keys.unnamed') : name} <code>{token}</code>{' '}
                <Mark tone={sandbox ? 'trial' : 'plain'}>{t(sandbox ? 'keys.sandbox' : 'keys.live')}</Mark>
              </>
            ),
          }))}
        />
      </Form.Item>
      {chosen !== undefined && !chosen.sandbox && (
        <Alert type="warning" showIcon style={{ marginBlockEnd: 16 }} title={t('explorer.liveWarning')} />
      )}
      {keys.data !== undefined && !found.some(({ sandbox }) => sandbox) && (
        <Alert
          type="info"
          style={{ marginBlockEnd: 16 }}
          title={t(account === undefined ? 'explorer.sandboxFirst' : 'explorer.accountHasNoSandboxKey')}
          action={toTry}
        />
      )}
    </>
  );
}
