// A secret that was just drawn: shown this once, and closed only on purpose.

import { Alert, Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable } from './copyable.tsx';

interface Props {
  readonly title: string;
  readonly label: string;
  /** undefined: nothing is shown. */
  readonly value: string | undefined;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function SecretOnce({ title, label, value, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={value !== undefined}
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
      {value !== undefined && <Copyable label={label} value={value} />}
    </Modal>
  );
}
