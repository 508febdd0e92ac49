// The fields of an action's form, with help and rules as its table says: no page is written for one action.

import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, InputNumber, Select } from 'antd';
import type { Rule } from 'antd/es/form';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';

type Place = (string | number)[];

interface Props {
  readonly fields: readonly Field[];
  readonly at: Place;
  /** The structure that they are members of, where that may be left out as a whole. */
  readonly within?: Place | undefined;
}

export function FormFields({ fields, at, within }: Props) {
  return fields.map((field) => (
    <FormField key={field.name} field={field} at={[...at, field.name]} within={within} />
  ));
}

function FormField({ field, at, within }: Omit<Props, 'fields'> & { readonly field: Field }) {
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
          <FormFields fields={fields ?? []} at={at} within={required ? within : at} />
        </Card>
      </Form.Item>
    );
  const rules: Rule[] = [];
  if (required) rules.push(mustBeFilled(t('explorer.fill', { field: name }), within));
  if (maxLength !== undefined && type === 'string')
    rules.push({ max: maxLength, message: t('explorer.tooLong', { count: maxLength }) });
  return (
    <Form.Item name={at} label={label} extra={help} rules={rules} required={required}>
      {controlFor(field)}
    </Form.Item>
  );
}

/** A member of a structure that may be left out must be there only if anything else of it is. */
function mustBeFilled(message: string, within: Place | undefined): Rule {
  if (within === undefined) return { required: true, message };
  return ({ getFieldValue }) => ({
    async validator(_, value: unknown) {
      if (isFilled(value) || !Object.values(getFieldValue(within) ?? {}).some(isFilled)) return;
      throw new Error(message);
    },
  });
}

const isFilled = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function controlFor({ type, choices, minimum, maximum, example }: Field) {
  const placeholder = typeof example === 'string' || typeof example === 'number' ? String(example) : '';
  if (choices !== undefined && choices.length > 0)
    return (
      <Select
        allowClear
        {...(type === 'list' ? { mode: 'multiple' as const } : {})}
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
