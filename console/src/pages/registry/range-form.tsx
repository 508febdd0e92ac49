// One number range: its prefix, who holds it, and what may be asked of its numbers.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, AutoComplete, Checkbox, Form, Input, Modal, Radio, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Problem } from '../../parts/problem.tsx';
import { HolderName } from './holder-name.tsx';
import { type NumberRange, RANGE_QUERIES, type RangeAction } from './ranges.tsx';

const PREFIX = /^\+[1-9]\d{0,14}$/;
/** What a new registry has; any other name is taken too. */
const HOLDERS = ['mobile', 'telecom', 'unicom', 'broadnet', 'virtual'];

interface Fields {
  readonly prefix: string;
  readonly holder: string;
  readonly asked: 'every' | 'some';
  readonly actions: readonly string[];
}

interface Props {
  /** undefined: closed. */
  readonly range: NumberRange | 'new' | undefined;
  readonly actions: readonly RangeAction[];
  readonly onClose: () => void;
}

export function RangeForm({ range, actions, onClose }: Props) {
  const { t } = useTranslation();
  const prefix = range === undefined || range === 'new' ? '' : range.prefix;
  return (
    <Modal
      open={range !== undefined}
      title={range === 'new' ? t('registry.newRange') : t('registry.editTitle', { prefix })}
      okText={t('registry.save')}
      okButtonProps={{ htmlType: 'submit', form: 'range' }}
      onCancel={onClose}
      destroyOnHidden
    >
      {range !== undefined && <RangeFields range={range} actions={actions} onSaved={onClose} />}
    </Modal>
  );
}

interface FieldProps {
  readonly range: NumberRange | 'new';
  readonly actions: readonly RangeAction[];
  readonly onSaved: () => void;
}

function RangeFields({ range, actions, onSaved }: FieldProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const bilingual = useBilingual();
  const [form] = Form.useForm<Fields>();
  const isNew = range === 'new';
  const hasSome = Form.useWatch('asked', form) === 'some';
  const save = useMutation({
    mutationFn: ({ prefix, holder, asked, actions: some }: Fields) =>
      call('PUT /operator/number-ranges/{prefix}', {
        path: { prefix: prefix.trim() },
        body: { holder: holder.trim(), actions: asked === 'some' ? some : [] },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: RANGE_QUERIES });
      message.success(t('registry.rangeSaved'));
      onSaved();
    },
  });
  const first = isNew ? { prefix: '+86', actions: [] } : range;
  return (
    <Form<Fields>
      id="range"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...first, asked: first.actions.length === 0 ? 'every' : 'some' }}
      onFinish={(fields) => save.mutate(fields)}
    >
      {save.isError && <Problem error={save.error} />}
      <Form.Item
        name="prefix"
        label={t('ranges.prefix')}
        hidden={!isNew}
        extra={t('registry.prefixHelp')}
        rules={[{ required: true, pattern: PREFIX, message: t('registry.prefixRule') }]}
      >
        <Input type="tel" maxLength={16} autoFocus={isNew} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="holder"
        label={t('ranges.holder')}
        extra={t('registry.holderHelp')}
        rules={[{ required: true, whitespace: true, message: t('operations.needed') }]}
      >
        <AutoComplete
          maxLength={64}
          showSearch={{ filterOption: true }}
          options={HOLDERS.map((value) => ({ value, label: <HolderName holder={value} /> }))}
        />
      </Form.Item>
      <Form.Item name="asked" label={t('ranges.actions')}>
        <Radio.Group
          options={[
            { value: 'every', label: t('registry.every') },
            { value: 'some', label: t('registry.some') },
          ]}
        />
      </Form.Item>
      {hasSome && (
        <Form.Item
          name="actions"
          // Not `required`, which becomes an attribute that a group of boxes must not have.
          rules={[
            {
              validator: async (_, some: readonly string[]) => {
                if (some.length === 0) throw new Error(t('registry.someRule'));
              },
            },
          ]}
        >
          <Checkbox.Group style={{ display: 'grid', gap: 10 }}>
            {actions.map(({ name, title, title_zh }) => (
              <Checkbox key={name} value={name}>
                <code className="value" style={{ display: 'block' }}>
                  {name}
                </code>
                <Typography.Text type="secondary">{bilingual({ en: title, zh: title_zh })}</Typography.Text>
              </Checkbox>
            ))}
          </Checkbox.Group>
        </Form.Item>
      )}
    </Form>
  );
}
