// With which key a call is made: one of the sandbox first, and a word of warning before a live one.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Mark } from '../../parts/mark.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';

export type Key = Answer<'GET /credentials'>['items'][number];

const LISTED_MAX = 100;

/** Those that can call now. */
export function useKeys(isPerson: boolean) {
  return useQuery({
    queryKey: ['keys', 'callable'],
    queryFn: () => call('GET /credentials', { query: { limit: LISTED_MAX } }),
    enabled: isPerson,
    select: ({ items }) =>
      items.filter(
        ({ disabled, expired_at: at }) => !disabled && (at === null || Date.parse(at) > Date.now()),
      ),
  });
}

/** The first call needs no visit to another page. What the key signs with is shown nowhere: rotated, it is shown once. */
function SandboxKeyButton({ onMade }: { readonly onMade: (id: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => call('POST /credentials', { body: { name: t('explorer.title'), sandbox: true } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['keys'] });
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
}

export function KeyChoice({ keys, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  if (keys.isError) return <Problem error={keys.error} retry={() => void keys.refetch()} />;
  const found = keys.data ?? [];
  const toTry = <SandboxKeyButton onMade={onChoose} />;
  if (keys.data !== undefined && found.length === 0)
    return (
      <Alert type="info" showIcon style={{ marginBlockEnd: 16 }} title={t('explorer.noKey')} action={toTry} />
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
        <Alert type="info" style={{ marginBlockEnd: 16 }} title={t('explorer.sandboxFirst')} action={toTry} />
      )}
    </>
  );
}
