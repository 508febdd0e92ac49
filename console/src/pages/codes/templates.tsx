// The account's own texts: new, edit, delete.

import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { RowFacts } from '../../parts/row-facts.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { TemplateForm } from './template-form.tsx';

export type Template = Answer<'GET /templates'>['items'][number];

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const url = useUrlState();
  const order = orderingOf(url, ['name', 'kind', 'language', 'changedAt'], 'name');
  const [edited, setEdited] = useState<Template | 'new'>();
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const templates = useQuery({
    queryKey: ['templates', query],
    queryFn: () => call('GET /templates', { query }),
    placeholderData: (before) => before,
  });
  const remove = useMutation({
    mutationFn: (name: string) => call('DELETE /templates/{name}', { path: { name } }),
    onSuccess: () => message.success(t('codes.deleted')),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['templates'] }),
  });
  const askToRemove = (name: string) =>
    modal.confirm({
      title: t('codes.deleteTitle', { name }),
      content: t('codes.deleteText'),
      okText: t('codes.delete'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(name).catch(() => {}),
    });
  const textOf = ({ subject, text }: Template) => (
    <span>
      {subject !== '' && <Typography.Text strong>{subject} </Typography.Text>}
      <span style={{ overflowWrap: 'anywhere' }}>{text}</span>
    </span>
  );
  const changeOf = ({ changedAt }: Template) => <span className="figures">{time(changedAt)}</span>;
  const buttons = (template: Template) => (
    <Flex gap={8} justify="flex-end">
      <Button
        size="small"
        aria-label={`${t('codes.edit')}: ${template.name}`}
        onClick={() => setEdited(template)}
      >
        {t('codes.edit')}
      </Button>
      <Button
        size="small"
        aria-label={`${t('codes.delete')}: ${template.name}`}
        onClick={() => askToRemove(template.name)}
      >
        {t('codes.delete')}
      </Button>
    </Flex>
  );

  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 300px' }}>
          {t('codes.templatesLead')}
        </Typography.Text>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('codes.newTemplate')}
        </Button>
      </Flex>
      <Listing<Template>
        rows={templates}
        url={url}
        order={order}
        rowKey={({ name, kind, language }) => `${name} ${kind} ${language}`}
        width={970}
        empty={<Empty title={t('codes.noTemplates')} text={t('codes.noTemplatesText')} />}
        columns={[
          {
            title: t('codes.name'),
            ...order.by('name'),
            width: 130,
            render: (_, { name }) => <code className="value">{name}</code>,
          },
          {
            title: t('codes.kind'),
            ...order.by('kind'),
            width: 120,
            render: (_, { kind }) => t(`codes.${kind}`),
          },
          {
            title: t('codes.language'),
            ...order.by('language'),
            width: 110,
            render: (_, { language }) => t(`codes.${language}`),
          },
          {
            title: t('codes.text'),
            render: (_, template) => textOf(template),
          },
          {
            title: t('codes.changed'),
            ...order.by('changedAt', 'descend'),
            width: 200,
            render: (_, template) => changeOf(template),
          },
          {
            title: t('common.actions'),
            key: 'actions',
            width: 155,
            align: 'right',
            render: (_, template) => buttons(template),
          },
        ]}
        narrow={[
          {
            title: t('codes.name'),
            ...order.by('name'),
            render: (_, template) => (
              <Flex vertical gap={8}>
                <Flex justify="space-between" align="flex-start" gap={8}>
                  <code className="value">{template.name}</code>
                  {buttons(template)}
                </Flex>
                {textOf(template)}
                <RowFacts
                  facts={[
                    [t('codes.kind'), t(`codes.${template.kind}`)],
                    [t('codes.language'), t(`codes.${template.language}`)],
                    [t('codes.changed'), changeOf(template)],
                  ]}
                />
              </Flex>
            ),
          },
        ]}
      />
      <TemplateForm template={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}
