// A key is changed: its name, what it is for, and what it may use. Only what was changed is sent: an expiry that has passed
// stays as it is.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useServiceWords } from '../services/service-words.ts';
import { changesOf, type KeyFields, servicesOf } from './key-changes.ts';
import { KeyLimits } from './key-limits.tsx';
import type { Key } from './keys.tsx';

interface Props {
  readonly credential: Key;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function EditKey({ credential, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const name = credential.name === '' ? credential.secret_id : credential.name;
  return (
    <Modal
      open={isOpen}
      title={t('keys.editTitle', { name })}
      okText={t('keys.save')}
      okButtonProps={{ htmlType: 'submit', form: 'edit-key' }}
      onCancel={onClose}
      destroyOnHidden
      width={620}
    >
      <Fields credential={credential} onSaved={onClose} />
    </Modal>
  );
}

function Fields({ credential, onSaved }: { readonly credential: Key; readonly onSaved: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useServiceWords();
  const client = useQueryClient();
  const { id, caps, application_id: application } = credential;
  const services = useQuery({
    queryKey: ['services'],
    queryFn: () => call('GET /services', { query: { limit: 100 } }),
  });
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => call('GET /applications', { query: { limit: 100 } }),
    enabled: application !== null,
  });
  const save = useMutation({
    mutationFn: (fields: KeyFields) => {
      const body = changesOf(credential, fields, services.data?.items ?? []);
      return call('PATCH /credentials/{id}', { path: { id }, body });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['keys'] });
      message.success(t('operations.saved'));
      onSaved();
    },
  });
  if (services.isError) return <Problem error={services.error} retry={() => void services.refetch()} />;
  if (services.data === undefined) return <Loading />;
  const { items } = services.data;
  const allowed = servicesOf(credential, items);
  const ofApplication = applications.data?.items.find((one) => one.id === application)?.service;
  return (
    <>
      {save.isError && <Problem error={save.error} />}
      <Form<KeyFields>
        id="edit-key"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...{ name: credential.name, services: allowed.ids, limit: credential.limited_amount },
          expires: credential.expired_at === null ? null : dayjs(credential.expired_at),
          ...caps,
        }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item name="name" label={t('keys.name')} extra={t('keys.nameHelp')}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        {application === null ? (
          <Form.Item
            name="services"
            label={t('keys.scope')}
            extra={allowed.isPartly ? t('keys.partlyAllowed') : undefined}
          >
            <Select
              mode="multiple"
              allowClear
              placeholder={t('keys.allServices')}
              optionFilterProp="label"
              options={items.map((one) => ({ value: one.id, label: words.title(one) }))}
            />
          </Form.Item>
        ) : (
          <Form.Item label={t('keys.scope')} extra={t('keys.ofOneService')}>
            <Input disabled value={ofApplication?.title ?? ''} aria-label={t('keys.scope')} />
          </Form.Item>
        )}
        <KeyLimits />
      </Form>
    </>
  );
}
