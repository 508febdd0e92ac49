// Name and usual text of the account's messages, and the webhook that is told what becomes of them.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Flex, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';

type Settings = Answer<'GET /message-settings'>;
type Fields = Pick<Settings, 'name' | 'template' | 'webhookUrl'>;
const KEY = ['message-settings'];

export function Page() {
  const { t } = useTranslation();
  const settings = useQuery({ queryKey: KEY, queryFn: () => call('GET /message-settings', {}) });
  return (
    <>
      <Typography.Paragraph type="secondary">{t('codes.settingsLead')}</Typography.Paragraph>
      {settings.isPending && <Loading />}
      {settings.isError && <Problem error={settings.error} retry={() => void settings.refetch()} />}
      {settings.data !== undefined && <SettingsForm settings={settings.data} />}
    </>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { number } = useFormats();
  const client = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const templates = useQuery({
    queryKey: ['templates', 'names'],
    queryFn: () => call('GET /templates', { query: { limit: 100 } }),
  });
  const names = [...new Set(templates.data?.items.map(({ name }) => name))];
  const save = useMutation({
    mutationFn: (body: Partial<Fields>) => call('PATCH /message-settings', { body }),
    onSuccess: ({ webhookSecret, ...after }) => {
      client.setQueryData(KEY, after);
      message.success(t('codes.saved'));
      setSecret(webhookSecret);
    },
  });
  /** What was not changed is not sent: setting an address again would switch it on again. */
  const changedIn = (fields: Fields): Partial<Fields> =>
    Object.fromEntries(
      Object.entries(fields).filter(([key, value]) => settings[key as keyof Fields] !== value),
    );

  return (
    <Card style={{ maxWidth: 720 }}>
      {save.isError && <Problem error={save.error} />}
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={settings}
        onFinish={(fields) => save.mutate(changedIn({ ...fields, template: fields.template ?? '' }))}
      >
        <Form.Item name="name" label={t('codes.senderName')} extra={t('codes.senderNameHelp')}>
          <Input maxLength={64} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="template" label={t('codes.usualTemplate')} extra={t('codes.usualTemplateHelp')}>
          <Select
            loading={templates.isPending}
            options={[
              { value: '', label: t('codes.builtIn') },
              ...names.map((value) => ({ value, label: value })),
            ]}
          />
        </Form.Item>
        <Typography.Title level={2} style={{ fontSize: 17, marginBlock: '24px 12px' }}>
          {t('codes.webhook')} <WebhookMark settings={settings} />
        </Typography.Title>
        {settings.webhookDropped > 0 && (
          <Typography.Paragraph type="warning">
            {t('codes.webhookDropped', { number: number(settings.webhookDropped) })}
          </Typography.Paragraph>
        )}
        <Form.Item name="webhookUrl" label={t('codes.webhookUrl')} extra={t('codes.webhookHelp')}>
          <Input type="url" maxLength={2000} placeholder="https://" />
        </Form.Item>
        <Flex gap={8} wrap>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('codes.save')}
          </Button>
          {settings.webhookUrl !== '' && !settings.webhookEnabled && (
            <Button onClick={() => save.mutate({ webhookUrl: settings.webhookUrl })}>
              {t('codes.webhookAgain')}
            </Button>
          )}
          {settings.webhookUrl !== '' && <NewSecretButton onDrawn={setSecret} />}
        </Flex>
      </Form>
      <SecretOnce
        title={t('codes.secretTitle')}
        values={secret === undefined ? undefined : { [t('codes.secret')]: secret }}
        onClose={() => setSecret(undefined)}
      />
    </Card>
  );
}

function WebhookMark({ settings: { webhookUrl, webhookEnabled } }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  if (webhookUrl === '') return <Mark tone="trial">{t('codes.webhookNone')}</Mark>;
  return webhookEnabled ? (
    <Mark tone="good">{t('codes.webhookOn')}</Mark>
  ) : (
    <Mark tone="bad">{t('codes.webhookOff')}</Mark>
  );
}

function NewSecretButton({ onDrawn }: { readonly onDrawn: (secret: string) => void }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const errorText = useErrorText();
  const rotate = useMutation({
    mutationFn: () => call('POST /message-settings/webhook-secret', {}),
    onSuccess: ({ webhookSecret }) => onDrawn(webhookSecret),
    onError: (error) => message.error(errorText(error)),
  });
  const ask = () =>
    modal.confirm({
      title: t('codes.rotateTitle'),
      content: t('codes.rotateText'),
      okText: t('codes.rotate'),
      onOk: () => rotate.mutateAsync().catch(() => {}),
    });
  return <Button onClick={ask}>{t('codes.rotate')}</Button>;
}
