// The keys of one account, masked: create, rotate (new secrets are shown once, to be handed over) and revoke.

import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { CreateKey } from '../keys/create-key.tsx';
import { type IssuedKey, NewSecret } from '../keys/new-secret.tsx';

type Credential = Answer<'GET /operator/accounts/{id}/credentials'>['items'][number];

interface Props {
  readonly id: string;
  readonly sandbox: boolean;
}

export function Credentials({ id, sandbox: isSandbox }: Props) {
  const { t } = useTranslation();
  const { day, time } = useFormats();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const url = useUrlState();
  const order = orderingOf(url, ['name', 'expired_at', 'created_at'], 'created_at');
  const [issued, setIssued] = useState<IssuedKey>();
  const [isCreating, setCreating] = useState(false);
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const credentials = useQuery({
    queryKey: ['accounts', 'credentials', id, query],
    queryFn: () => call('GET /operator/accounts/{id}/credentials', { path: { id }, query }),
    placeholderData: (before) => before,
  });
  const act = useMutation({
    mutationFn: async ({ wanted, key }: { readonly wanted: 'rotate' | 'revoke'; readonly key: string }) => {
      const path = { id, credential_id: key };
      if (wanted === 'revoke')
        await call('DELETE /operator/accounts/{id}/credentials/{credential_id}', { path });
      else setIssued(await call('POST /operator/accounts/{id}/credentials/{credential_id}/rotate', { path }));
    },
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts', 'credentials', id] }),
  });
  const create = (
    <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('keys.create')}
    </Button>
  );
  const nameOf = ({ name, secret_id: secretId }: Credential) => (name === '' ? secretId : name);
  const ask = (wanted: 'rotate' | 'revoke', credential: Credential) => {
    const name = nameOf(credential);
    const title =
      wanted === 'rotate' ? t('keys.rotateTitle', { name }) : t('operations.revokeTitle', { name });
    return modal.confirm({
      title,
      content: t(`operations.${wanted}Text`),
      okText: t(`operations.${wanted}`),
      okButtonProps: { danger: wanted === 'revoke' },
      onOk: () => act.mutateAsync({ wanted, key: credential.id }).catch(() => {}),
    });
  };

  return (
    <>
      <Listing<Credential>
        rows={credentials}
        url={url}
        order={order}
        title={t('operations.credentials')}
        extra={create}
        rowKey={({ id: key }) => key}
        width={1010}
        empty={<Empty title={t('operations.noCredentials')} text={t('operations.noCredentialsText')} />}
        columns={[
          {
            title: t('keys.name'),
            ...order.by('name'),
            render: (_, { name, secret_id: secretId }) => (
              <Flex vertical gap={2}>
                <Typography.Text strong>{name === '' ? t('keys.unnamed') : name}</Typography.Text>
                <code className="value">{secretId}</code>
              </Flex>
            ),
          },
          {
            title: t('keys.kind'),
            width: 110,
            render: (_, { sandbox }) => (
              <Mark tone={sandbox ? 'trial' : 'plain'}>{sandbox ? t('keys.sandbox') : t('keys.live')}</Mark>
            ),
          },
          {
            title: t('keys.lastUsed'),
            width: 130,
            render: (_, { last_used_at: at }) => (
              <span className="figures" title={at === null ? undefined : time(at)}>
                {day(at)}
              </span>
            ),
          },
          {
            title: t('keys.expires'),
            ...order.by('expired_at'),
            width: 130,
            className: 'figures',
            render: (_, { expired_at: at }) => (at === null ? t('common.never') : day(at)),
          },
          {
            title: t('keys.created'),
            ...order.by('created_at', 'descend'),
            width: 130,
            className: 'figures',
            render: (_, { created_at: at }) => day(at),
          },
          {
            title: t('keys.state'),
            width: 110,
            render: (_, { disabled }) => (
              <Mark tone={disabled ? 'warning' : 'good'}>
                {disabled ? t('keys.disabled') : t('keys.enabled')}
              </Mark>
            ),
          },
          {
            title: t('common.actions'),
            key: 'actions',
            width: 190,
            align: 'right',
            render: (_, credential) => (
              <Flex gap={8} justify="flex-end">
                {(['rotate', 'revoke'] as const).map((wanted) => (
                  <Button
                    key={wanted}
                    size="small"
                    aria-label={`${t(`operations.${wanted}`)}: ${nameOf(credential)}`}
                    onClick={() => ask(wanted, credential)}
                  >
                    {t(`operations.${wanted}`)}
                  </Button>
                ))}
              </Flex>
            ),
          },
        ]}
      />
      <CreateKey
        isOpen={isCreating}
        account={{ id, sandbox: isSandbox }}
        onClose={() => setCreating(false)}
        onIssued={(key) => {
          setCreating(false);
          setIssued(key);
        }}
      />
      <NewSecret issued={issued} onClose={() => setIssued(undefined)} />
    </>
  );
}
