// The authenticator: set up in two steps, so that nobody locks themselves out; its recovery codes are shown once; removed again.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Flex, Form, Input, Modal, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { PERSON_KEY } from './account.tsx';

type Drawn = Answer<'POST /people/totp/setup'>;

interface Fields {
  readonly password: string;
  readonly code: string;
}

export function Authenticator({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>();
  const changed = () => {
    setOpen(false);
    return client.invalidateQueries({ queryKey: PERSON_KEY });
  };
  return (
    <Card
      title={
        <Flex gap={10} align="center">
          {t('account.totp')}
          <Mark tone={isOn ? 'good' : 'warning'}>{isOn ? t('account.totpOn') : t('account.totpOff')}</Mark>
        </Flex>
      }
    >
      <Typography.Paragraph type="secondary">{t('account.totpText')}</Typography.Paragraph>
      <Button onClick={() => setOpen(true)}>{isOn ? t('account.totpRemove') : t('account.totpSetUp')}</Button>
      <Modal
        open={isOpen}
        title={isOn ? t('account.totpRemove') : t('account.totpSetUp')}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {isOn ? (
          <Remove onDone={changed} />
        ) : (
          <SetUp
            onDone={async (codes) => {
              await changed();
              setRecoveryCodes(codes);
            }}
          />
        )}
      </Modal>
      <SecretOnce
        title={t('account.recoveryTitle')}
        values={recoveryCodes && { [t('account.recoveryCodes')]: recoveryCodes.join(' ') }}
        onClose={() => setRecoveryCodes(undefined)}
      >
        <Typography.Paragraph>{t('account.recoveryText')}</Typography.Paragraph>
      </SecretOnce>
    </Card>
  );
}

function SetUp({ onDone }: { readonly onDone: (recoveryCodes: readonly string[]) => Promise<void> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [drawn, setDrawn] = useState<Drawn>();
  const draw = useMutation({
    mutationFn: ({ password }: Pick<Fields, 'password'>) =>
      call('POST /people/totp/setup', { body: { password } }),
    onSuccess: setDrawn,
  });
  const enable = useMutation({
    mutationFn: ({ code }: Pick<Fields, 'code'>) =>
      call('POST /people/totp/enable', { body: { code: code.trim() } }),
    onSuccess: async ({ recovery_codes: codes }) => {
      message.success(t('account.totpEnabled'));
      await onDone(codes);
    },
  });
  const needed = [{ required: true, message: t('account.needed') }];
  if (drawn === undefined)
    return (
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => draw.mutate(fields)}>
        {draw.isError && <Problem error={draw.error} />}
        <Form.Item name="password" label={t('account.oldPassword')} rules={needed}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={draw.isPending}>
          {t('account.totpNext')}
        </Button>
      </Form>
    );
  return (
    <Form<Fields>
      key="enable"
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => enable.mutate(fields)}
    >
      {enable.isError && <Problem error={enable.error} />}
      <Typography.Paragraph>{t('account.totpScan')}</Typography.Paragraph>
      <QRCode
        type="svg"
        value={drawn.uri}
        size={200}
        color="#000"
        bgColor="#fff"
        aria-label={t('account.totpQr')}
        style={{ marginBlockEnd: 16 }}
      />
      <Copyable label={t('account.totpSecret')} value={drawn.secret} />
      <Form.Item name="code" label={t('account.totpCode')} rules={needed}>
        <Input maxLength={32} inputMode="numeric" autoComplete="one-time-code" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={enable.isPending}>
        {t('account.totpEnable')}
      </Button>
    </Form>
  );
}

function Remove({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const remove = useMutation({
    mutationFn: ({ password, code }: Fields) =>
      call('POST /people/totp/disable', { body: { password, code: code.trim() } }),
    onSuccess: async () => {
      message.success(t('account.totpRemoved'));
      await onDone();
    },
  });
  const needed = [{ required: true, message: t('account.needed') }];
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => remove.mutate(fields)}>
      {remove.isError && <Problem error={remove.error} />}
      <Typography.Paragraph>{t('account.totpRemoveText')}</Typography.Paragraph>
      <Form.Item name="password" label={t('account.oldPassword')} rules={needed}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="code" label={t('account.totpCodeOrRecovery')} rules={needed}>
        <Input maxLength={32} autoComplete="one-time-code" />
      </Form.Item>
      <Button type="primary" danger htmlType="submit" loading={remove.isPending}>
        {t('account.totpRemove')}
      </Button>
    </Form>
  );
}
