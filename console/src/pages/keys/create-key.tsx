// The form of a new key, of one's own account or, for operators, of any.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Collapse, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Problem } from '../../parts/problem.tsx';
import { useServiceTitles } from '../services/service-titles.ts';
import { CAP_NAMES, type LimitFields } from './key-changes.ts';
import { KeyLimits } from './key-limits.tsx';
import type { IssuedKey } from './new-secret.tsx';

const LISTED_MAX = 100;

interface Fields extends LimitFields {
  readonly name?: string;
  readonly sandbox: boolean;
  readonly application?: string;
}

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
  /** For operators: whose key it becomes. */
  readonly account?: { readonly id: string; readonly sandbox: boolean };
}

/** A service as the account has it: a key is restricted to it by the id. */
interface Acquired {
  readonly id: string;
  readonly title: string;
}

export function CreateKey({ isOpen, onClose, onIssued, account }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const sandbox = Form.useWatch('sandbox', form);
  const serviceTitle = useServiceTitles();
  const applications = useQuery({
    queryKey: ['applications', account?.id],
    queryFn: async (): Promise<readonly Acquired[]> => {
      const query = { limit: LISTED_MAX };
      if (account === undefined) {
        const { items } = await call('GET /applications', { query });
        return items.map(({ id, service }) => ({ id, title: service.title }));
      }
      const path = { id: account.id };
      const { items } = await call('GET /operator/accounts/{id}/applications', { path, query });
      return items.map(({ id, service }) => ({ id, title: serviceTitle(service) }));
    },
    enabled: isOpen,
  });
  const create = useMutation({
    mutationFn: ({ name, sandbox, application, limit, expires, ...caps }: Fields) => {
      const body = {
        ...(name === undefined ? {} : { name }),
        sandbox,
        ...(application === undefined ? {} : { application_id: application }),
        ...(typeof limit === 'number' ? { limited_amount: limit } : {}),
        ...(expires === undefined || expires === null ? {} : { expired_at: expires.toISOString() }),
        ...(CAP_NAMES.some((cap) => typeof caps[cap] === 'number') ? { caps } : {}),
      };
      return account === undefined
        ? call('POST /credentials', { body })
        : call('POST /operator/accounts/{id}/credentials', { path: { id: account.id }, body });
    },
    onSuccess: async (key) => {
      await client.invalidateQueries({
        queryKey: account === undefined ? ['keys'] : ['accounts', 'credentials'],
      });
      form.resetFields();
      onIssued(key);
    },
  });
  const hasNone = applications.data?.length === 0;

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
        initialValues={{ sandbox: account?.sandbox ?? false }}
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
            disabled={account?.sandbox === true}
            options={[
              { label: t('keys.live'), value: false },
              { label: t('keys.sandbox'), value: true },
            ]}
          />
        </Form.Item>
        {hasNone && sandbox === false && (
          <Alert
            type="warning"
            showIcon
            title={t(account === undefined ? 'keys.noService' : 'operations.noService')}
            style={{ marginBlockEnd: 16 }}
          />
        )}
        <Form.Item name="application" label={t('keys.scope')}>
          <Select
            allowClear
            placeholder={t('keys.allServices')}
            loading={applications.isPending}
            options={applications.data?.map(({ id, title }) => ({ value: id, label: title })) ?? []}
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
