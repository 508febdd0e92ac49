// The secrets of a key that was just made or rotated: shown this once, and closed only on purpose.

import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { Copyable } from '../../parts/copyable.tsx';

export type IssuedKey = Answer<'POST /credentials'>;

interface Props {
  readonly issued: IssuedKey | undefined;
  readonly onClose: () => void;
}

export function NewSecret({ issued, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={issued !== undefined}
      title={t('keys.secretTitle')}
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
      {issued !== undefined && (
        <>
          <Copyable label={t('keys.token')} value={issued.token} />
          <Copyable label={t('keys.secretId')} value={issued.secret_id} />
          <Copyable label={t('keys.secretKey')} value={issued.secret_key ?? ''} />
        </>
      )}
    </Modal>
  );
}
