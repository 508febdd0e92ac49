// Fields that go in or come out; those of a structure or of a list's members stand below it, with the whole name.

import { Flex, Grid, Table, type TableColumnsType, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';

function flatten(fields: readonly Field[], before = ''): readonly Field[] {
  return fields.flatMap((field) => {
    const name = before + field.name;
    const inner = field.type === 'list' ? `${name}.N.` : `${name}.`;
    return [{ ...field, name }, ...flatten(field.fields ?? [], inner)];
  });
}

export function FieldTable({ fields }: { readonly fields: readonly Field[] }) {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md === true;
  const need = ({ required }: Field) => t(required ? 'reference.must' : 'reference.optional');
  const narrow: TableColumnsType<Field> = [
    {
      title: t('reference.field'),
      render: (_, field) => (
        <>
          <Flex wrap gap="0 12px">
            <code className="value">{field.name}</code>
            <Typography.Text type="secondary">
              {field.type}, {need(field)}
            </Typography.Text>
          </Flex>
          <Description field={field} />
        </>
      ),
    },
  ];
  const wide: TableColumnsType<Field> = [
    {
      title: t('reference.field'),
      width: 220,
      render: (_, { name }) => <code className="value">{name}</code>,
    },
    { title: t('reference.type'), width: 90, dataIndex: 'type' },
    { title: t('reference.required'), width: 110, render: (_, field) => need(field) },
    { title: t('reference.description'), render: (_, field) => <Description field={field} /> },
  ];
  return (
    <Table<Field>
      rowKey="name"
      size="small"
      pagination={false}
      showHeader={isWide}
      {...(isWide ? { scroll: { x: 640 } } : {})}
      dataSource={[...flatten(fields)]}
      columns={isWide ? wide : narrow}
    />
  );
}

function Description({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const { title, place, choices, personal, max_length: maxLength } = field;
  return (
    <>
      {pick(title)} {personal && <Tag>{t('reference.personal')}</Tag>}{' '}
      {place !== undefined && <Tag>{t(place === 'path' ? 'reference.inPath' : 'reference.asHeader')}</Tag>}{' '}
      {choices !== undefined && choices.length > 0 && (
        <div>
          {t('reference.oneOf')} <code className="value">{choices.map(String).join(', ')}</code>
        </div>
      )}
      {maxLength !== undefined && (
        <Typography.Text type="secondary">{t('reference.atMost', { count: maxLength })}</Typography.Text>
      )}
    </>
  );
}
