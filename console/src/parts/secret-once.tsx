// Secrets that were just drawn: shown this once, and closed only on purpose.

import { Alert, Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable } from './copyable.tsx';

interface Props {
  readonly title: string;
  /** By their labels; undefined: nothing is shown. */
  readonly values: Readonly<Record<string, string>> | undefined;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function SecretOnce({ title, values, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={values !== undefined}
      title={title}
      closable={false}
      destroyOnHidden
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('keys.done')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('keys.shownOnce')} style={{ marginBlock: 12 }} />
      {children}
      {Object.entries(values ?? {}).map(([label, value]) => (
        <Copyable key={label} label={label} value={value} />
      ))}
    </Modal>
  );
}
