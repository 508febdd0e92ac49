// What says how fields are encrypted, folded away: most calls leave it out, and empty it is not sent.

import { Collapse, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../api/actions.ts';
import { FormFields } from './form-fields.tsx';
import { inputOf, type Values } from './form-values.ts';

interface Props {
  readonly fields: readonly Field[];
  readonly at: (string | number)[];
  /** What stands in the form at first: it is not folded away where it says something. */
  readonly initial: Values;
}

export function EncryptionFields({ fields, at, initial }: Props) {
  const { t } = useTranslation();
  const sealing = fields.filter(({ seals }) => seals === true);
  if (sealing.length === 0) return null;
  const isUsed = Object.keys(inputOf(sealing, initial)).length > 0;
  return (
    <Collapse
      size="small"
      style={{ marginBlockEnd: 24 }}
      defaultActiveKey={isUsed ? ['encryption'] : []}
      items={[
        {
          key: 'encryption',
          label: (
            <Flex wrap gap="0 12px">
              {t('explorer.encryption')}
              <Typography.Text type="secondary">{t('explorer.encryptionHelp')}</Typography.Text>
            </Flex>
          ),
          children: sealing.map((field) =>
            field.type === 'struct' ? (
              <FormFields
                key={field.name}
                fields={field.fields ?? []}
                at={[...at, field.name]}
                within={[...at, field.name]}
              />
            ) : (
              <FormFields key={field.name} fields={[field]} at={at} />
            ),
          ),
        },
      ]}
    />
  );
}
