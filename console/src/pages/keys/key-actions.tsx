// What can be done with one key. Whatever makes programs fail asks first.

import { EllipsisOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { EditKey } from './edit-key.tsx';
import type { Key } from './keys.tsx';
import type { IssuedKey } from './new-secret.tsx';

type Act = 'rotate' | 'disable' | 'enable' | 'delete';

interface Props {
  readonly credential: Key;
  readonly onIssued: (issued: IssuedKey) => void;
}

export function KeyActions({ credential, onIssued }: Props) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [isEditing, setEditing] = useState(false);
  const { id, disabled } = credential;
  const name = credential.name === '' ? credential.secret_id : credential.name;

  const act = useMutation({
    mutationFn: async (wanted: Act) => {
      const path = { id };
      if (wanted === 'rotate') onIssued(await call('POST /credentials/{id}/rotate', { path }));
      else if (wanted === 'delete') await call('DELETE /credentials/{id}', { path });
      else await call('PATCH /credentials/{id}', { path, body: { disabled: wanted === 'disable' } });
    },
    onSuccess: (_, wanted) => {
      if (wanted === 'delete') message.success(t('keys.deleted'));
    },
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });

  const ask = (wanted: 'rotate' | 'disable' | 'delete') =>
    modal.confirm({
      title: t(`keys.${wanted}Title`, { name }),
      content: t(`keys.${wanted}Text`),
      okText: t(`keys.${wanted}`),
      okButtonProps: { danger: wanted !== 'rotate' },
      onOk: () => act.mutateAsync(wanted).catch(() => {}),
    });

  const items = [
    { key: 'edit', label: t('keys.edit'), onClick: () => setEditing(true) },
    { key: 'rotate', label: t('keys.rotate'), onClick: () => ask('rotate') },
    disabled
      ? { key: 'enable', label: t('keys.enable'), onClick: () => act.mutate('enable') }
      : { key: 'disable', label: t('keys.disable'), onClick: () => ask('disable') },
    { key: 'delete', danger: true, label: t('keys.delete'), onClick: () => ask('delete') },
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button
          type="text"
          icon={<EllipsisOutlined />}
          aria-label={`${t('common.actions')}: ${name}`}
          loading={act.isPending}
        />
      </Dropdown>
      <EditKey credential={credential} isOpen={isEditing} onClose={() => setEditing(false)} />
    </>
  );
}
