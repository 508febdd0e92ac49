// Where a secret is typed for the steps that need it. It never enters a form that is sent, an address or a store.

import { Alert, Flex, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

export interface Secret {
  readonly id: string;
  readonly key: string;
}
export const NO_SECRET: Secret = { id: '', key: '' };

interface Props {
  readonly secret: Secret;
  readonly onChange: (secret: Secret) => void;
}

export function SecretFields({ secret, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const key = useId();
  return (
    <>
      <Alert type="info" showIcon title={t('explorer.derivedHelp')} style={{ marginBlockEnd: 12 }} />
      <Flex gap={12} wrap style={{ marginBlockEnd: 12 }}>
        <div style={{ flex: '1 1 240px' }}>
          <label htmlFor={id}>{t('keys.secretId')}</label>
          <Input
            id={id}
            autoComplete="off"
            spellCheck={false}
            value={secret.id}
            onChange={({ target }) => onChange({ ...secret, id: target.value.trim() })}
          />
        </div>
        <div style={{ flex: '1 1 240px' }}>
          <label htmlFor={key}>{t('keys.secretKey')}</label>
          <Input.Password
            id={key}
            autoComplete="off"
            value={secret.key}
            onChange={({ target }) => onChange({ ...secret, key: target.value.trim() })}
          />
        </div>
      </Flex>
    </>
  );
}

/** In place of what could not work without it. */
export function MissingSecretId({ text }: { readonly text: string }) {
  return <Alert type="warning" showIcon role="status" title={text} />;
}
