// The form of one call, made from its description, with the answer and the code below.

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Select, Tabs, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../../parts/copyable.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';
import { writeSamples } from './code-samples.ts';
import type { Operation } from './operations.ts';
import { type Sent, sendCall } from './send-call.ts';

interface Props {
  readonly operation: Operation;
  readonly summary: string;
  readonly isChinese: boolean;
}

interface Fields {
  readonly token?: string;
  readonly values?: Readonly<Record<string, string | undefined>>;
}

const filled = (values: Fields['values'] = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    ),
  );

export function OperationForm({ operation, summary, isChinese }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const values = filled(Form.useWatch('values', form));
  const { path, fields, examples } = operation;
  const send = useMutation({
    mutationFn: ({ token = '', values: asked }: Fields) => sendCall(path, token.trim(), filled(asked)),
  });
  const samples = writeSamples({ url: `${location.origin}${path}`, values });

  return (
    <Flex vertical gap={16}>
      <Card title={<code>POST {path}</code>}>
        <Typography.Paragraph>{summary}</Typography.Paragraph>
        <Flex gap={8} wrap align="center" style={{ marginBlockEnd: 16 }}>
          <Typography.Text type="secondary">{t('explorer.examples')}</Typography.Text>
          {examples.map(({ title, values: example }) => (
            <Button key={title} size="small" onClick={() => form.setFieldsValue({ values: example })}>
              {title}
            </Button>
          ))}
        </Flex>
        <Form<Fields>
          form={form}
          layout="vertical"
          autoComplete="off"
          initialValues={{ values: examples[0]?.values }}
          onFinish={(asked) => send.mutate(asked)}
        >
          <Form.Item
            name="token"
            label={t('keys.token')}
            extra={t('explorer.tokenHelp')}
            rules={[{ required: true, message: t('explorer.tokenNeeded') }]}
          >
            <Input.Password autoComplete="off" />
          </Form.Item>
          {fields.map(({ name, title, titleZh, isRequired, choices }) => (
            <Form.Item
              key={name}
              name={['values', name]}
              label={<code>{name}</code>}
              extra={isChinese ? titleZh : title}
              required={isRequired}
            >
              {choices === undefined ? (
                <Input autoComplete="off" />
              ) : (
                <Select allowClear options={choices.map((value) => ({ value, label: value }))} />
              )}
            </Form.Item>
          ))}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t('explorer.send')}
          </Button>
        </Form>
      </Card>
      {send.isError && <Problem error={send.error} />}
      {send.data !== undefined && <Answer sent={send.data} />}
      <Card title={t('explorer.code')}>
        <Alert type="info" title={t('explorer.codeHelp')} style={{ marginBlockEnd: 12 }} />
        <Tabs
          items={samples.map(({ name, code }) => ({
            key: name,
            label: name,
            children: (
              <>
                <pre className="code" data-sample={name}>
                  {code}
                </pre>
                <Typography.Text copyable={{ text: code, tooltips: [t('common.copy'), t('common.copied')] }}>
                  {t('common.copy')}
                </Typography.Text>
              </>
            ),
          }))}
        />
      </Card>
    </Flex>
  );
}

function Answer({ sent }: { readonly sent: Sent }) {
  const { t } = useTranslation();
  const { status, tookMs, requestId, body } = sent;
  return (
    <Card
      title={
        <Flex gap={8} wrap align="center" role="status">
          {t('explorer.answer')}
          <Mark tone={status < 400 ? 'good' : 'bad'}>HTTP {status}</Mark>
          <Typography.Text type="secondary">{t('usage.ms', { count: tookMs })}</Typography.Text>
        </Flex>
      }
    >
      <pre className="code" data-answer>
        {body}
      </pre>
      {requestId !== '' && <Copyable label={t('usage.requestId')} value={requestId} />}
    </Card>
  );
}
