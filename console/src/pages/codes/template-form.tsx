// A text is written with its preview beside it: as its reader sees it, and as long as it is sent.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Col, Form, Input, Modal, Radio, Row, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Problem } from '../../parts/problem.tsx';
import { hasCodeOnce, isSubject, type TemplateFields, TemplatePreview } from './template-preview.tsx';
import type { Template } from './templates.tsx';

const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

interface Props {
  /** undefined: closed. */
  readonly template: Template | 'new' | undefined;
  readonly onClose: () => void;
}

export function TemplateForm({ template, onClose }: Props) {
  const { t } = useTranslation();
  const isNew = template === 'new';
  const name = template === undefined || isNew ? '' : template.name;
  return (
    <Modal
      open={template !== undefined}
      title={isNew ? t('codes.newTemplate') : t('codes.editTemplate', { name })}
      okText={t('codes.save')}
      okButtonProps={{ htmlType: 'submit', form: 'template' }}
      onCancel={onClose}
      destroyOnHidden
      width={860}
    >
      {template !== undefined && <FieldsWithPreview template={template} onSaved={onClose} />}
    </Modal>
  );
}

interface FieldProps {
  readonly template: Template | 'new';
  readonly onSaved: () => void;
}

function FieldsWithPreview({ template, onSaved }: FieldProps) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<TemplateFields>();
  const kind = Form.useWatch('kind', form);
  const isNew = template === 'new';
  const save = useMutation({
    mutationFn: ({ subject, ...fields }: TemplateFields) =>
      call('POST /templates', {
        body: { ...fields, ...(fields.kind === 'email' ? { subject: subject ?? '' } : {}) },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['templates'] });
      message.success(t('codes.saved'));
      onSaved();
    },
  });
  const first = isNew
    ? { kind: 'phone' as const, language: i18n.language.startsWith('zh') ? ('zh' as const) : ('en' as const) }
    : template;

  return (
    <Row gutter={[32, 16]}>
      <Col xs={24} md={13}>
        {save.isError && <Problem error={save.error} />}
        <Form<TemplateFields>
          id="template"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={first}
          onFinish={(fields) => save.mutate(fields)}
        >
          <Form.Item
            name="name"
            label={t('codes.name')}
            extra={isNew ? t('codes.nameHelp') : undefined}
            rules={[{ required: true, pattern: NAME, message: t('codes.nameRule') }]}
          >
            <Input maxLength={32} disabled={!isNew} autoFocus={isNew} autoComplete="off" />
          </Form.Item>
          <Form.Item name="kind" label={t('codes.kind')}>
            <Radio.Group
              optionType="button"
              disabled={!isNew}
              options={(['phone', 'email'] as const).map((value) => ({ value, label: t(`codes.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="language" label={t('codes.language')}>
            <Select
              disabled={!isNew}
              options={(['en', 'zh'] as const).map((value) => ({ value, label: t(`codes.${value}`) }))}
            />
          </Form.Item>
          {kind === 'email' && (
            <Form.Item
              name="subject"
              label={t('codes.subject')}
              rules={[{ validator: (_, text?: string) => require(isSubject(text), t('codes.subjectRule')) }]}
            >
              <Input maxLength={200} />
            </Form.Item>
          )}
          <Form.Item
            name="text"
            label={t('codes.text')}
            extra={t('codes.textHelp')}
            rules={[{ validator: (_, text?: string) => require(hasCodeOnce(text), t('codes.textRule')) }]}
          >
            <Input.TextArea maxLength={2000} rows={7} />
          </Form.Item>
        </Form>
      </Col>
      <Col xs={24} md={11}>
        <TemplatePreview form={form} />
      </Col>
    </Row>
  );
}

function require(isRight: boolean, message: string): Promise<void> {
  return isRight ? Promise.resolve() : Promise.reject(new Error(message));
}
