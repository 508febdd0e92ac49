// The fields of an action's form, with help and rules as its table says: no page is written for one action.

import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, InputNumber, Select } from 'antd';
import type { Rule } from 'antd/es/form';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';

type Place = (string | number)[];

export function FormFields({ fields, at }: { readonly fields: readonly Field[]; readonly at: Place }) {
  return fields.map((field) => <FormField key={field.name} field={field} at={[...at, field.name]} />);
}

function FormField({ field, at }: { readonly field: Field; readonly at: Place }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const { name, type, required, title, fields, max_length: maxLength } = field;
  const label = <code>{name}</code>;
  const help = pick(title);
  if (type === 'list' && fields !== undefined) return <Entries field={field} fields={fields} at={at} />;
  if (type === 'struct')
    return (
      <Form.Item label={label} extra={help} required={required}>
        <Card size="small">
          <FormFields fields={fields ?? []} at={at} />
        </Card>
      </Form.Item>
    );
  const rules: Rule[] = [];
  if (required) rules.push({ required: true, message: t('explorer.fill', { field: name }) });
  if (maxLength !== undefined && type === 'string')
    rules.push({ max: maxLength, message: t('explorer.tooLong', { count: maxLength }) });
  return (
    <Form.Item name={at} label={label} extra={help} rules={rules}>
      {controlFor(field)}
    </Form.Item>
  );
}

function controlFor({ type, choices, minimum, maximum, example }: Field) {
  const placeholder = typeof example === 'string' || typeof example === 'number' ? String(example) : '';
  if (choices !== undefined && choices.length > 0)
    return (
      <Select
        allowClear
        options={choices.map((value) => ({ value: value as string | number, label: String(value) }))}
      />
    );
  if (type === 'boolean')
    return (
      <Select
        allowClear
        options={[true, false].map((value) => ({ value: value as unknown as string, label: String(value) }))}
      />
    );
  if (type === 'integer')
    return (
      <InputNumber
        precision={0}
        style={{ width: '100%', maxWidth: 240 }}
        placeholder={placeholder}
        {...(minimum === undefined ? {} : { min: minimum })}
        {...(maximum === undefined ? {} : { max: maximum })}
      />
    );
  if (type === 'list') return <Select mode="tags" open={false} suffixIcon={null} />;
  return <Input autoComplete="off" spellCheck={false} placeholder={placeholder} />;
}

interface EntriesProps {
  readonly field: Field;
  readonly fields: readonly Field[];
  readonly at: Place;
}

function Entries({ field, fields, at }: EntriesProps) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const { name, title, required } = field;
  return (
    <Form.Item label={<code>{name}</code>} extra={pick(title)} required={required}>
      <Form.List name={at}>
        {(entries, { add, remove }) => (
          <Flex vertical gap={8}>
            {entries.map(({ key, name: index }) => (
              <Card
                key={key}
                size="small"
                title={`${name}.${index}`}
                extra={
                  <Button
                    type="text"
                    icon={<MinusCircleOutlined />}
                    aria-label={t('explorer.removeEntry', { field: name, count: index + 1 })}
                    onClick={() => remove(index)}
                  />
                }
              >
                <FormFields fields={fields} at={[index]} />
              </Card>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({})}>
                {t('explorer.addEntry', { field: name })}
              </Button>
            </div>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
}
