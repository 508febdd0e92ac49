// The form of a new key.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Collapse, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Problem } from '../../parts/problem.tsx';
import { CAP_NAMES, type LimitFields } from './key-changes.ts';
import { KeyLimits } from './key-limits.tsx';
import type { IssuedKey } from './new-secret.tsx';

interface Fields extends LimitFields {
  readonly name?: string;
  readonly sandbox: boolean;
  readonly application?: string;
}

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
}

export function CreateKey({ isOpen, onClose, onIssued }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const sandbox = Form.useWatch('sandbox', form);
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => call('GET /applications', { query: { limit: 100 } }),
    enabled: isOpen,
  });
  const create = useMutation({
    mutationFn: ({ name, sandbox, application, limit, expires, ...caps }: Fields) =>
      call('POST /credentials', {
        body: {
          ...(name === undefined ? {} : { name }),
          sandbox,
          ...(application === undefined ? {} : { application_id: application }),
          ...(typeof limit === 'number' ? { limited_amount: limit } : {}),
          ...(expires === undefined || expires === null ? {} : { expired_at: expires.toISOString() }),
          ...(CAP_NAMES.some((cap) => typeof caps[cap] === 'number') ? { caps } : {}),
        },
      }),
    onSuccess: async (key) => {
      await client.invalidateQueries({ queryKey: ['keys'] });
      form.resetFields();
      onIssued(key);
    },
  });
  const hasNone = applications.data?.count === 0;

  return (
    <Modal
      open={isOpen}
      title={t('keys.create')}
      okText={t('keys.create')}
      okButtonProps={{ htmlType: 'submit', form: 'create-key', loading: create.isPending }}
      onCancel={onClose}
      destroyOnHidden
      width={620}
    >
      {create.isError && <Problem error={create.error} />}
      <Form<Fields>
        id="create-key"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ sandbox: false }}
        onFinish={(fields) => create.mutate(fields)}
      >
        <Form.Item name="name" label={t('keys.name')} extra={t('keys.nameHelp')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="sandbox"
          label={t('keys.kind')}
          extra={sandbox === true ? t('keys.sandboxHelp') : undefined}
        >
          <Radio.Group
            optionType="button"
            options={[
              { label: t('keys.live'), value: false },
              { label: t('keys.sandbox'), value: true },
            ]}
          />
        </Form.Item>
        {hasNone && sandbox === false && (
          <Alert type="warning" showIcon title={t('keys.noService')} style={{ marginBlockEnd: 16 }} />
        )}
        <Form.Item name="application" label={t('keys.scope')}>
          <Select
            allowClear
            placeholder={t('keys.allServices')}
            loading={applications.isPending}
            options={
              applications.data?.items.map(({ id, service }) => ({ value: id, label: service.title })) ?? []
            }
          />
        </Form.Item>
        <Collapse
          ghost
          styles={{ header: { paddingInline: 0 }, body: { paddingInline: 0, paddingBlockEnd: 0 } }}
          items={[{ key: 'limits', label: t('keys.limits'), children: <KeyLimits /> }]}
        />
      </Form>
    </Modal>
  );
}
