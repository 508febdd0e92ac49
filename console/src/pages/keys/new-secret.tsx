// The secrets of a key that was just made or rotated.

import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { SecretOnce } from '../../parts/secret-once.tsx';

export type IssuedKey = Answer<'POST /credentials'>;

interface Props {
  readonly issued: IssuedKey | undefined;
  readonly onClose: () => void;
}

export function NewSecret({ issued, onClose }: Props) {
  const { t } = useTranslation();
  const values = issued && {
    [t('keys.token')]: issued.token,
    [t('keys.secretId')]: issued.secret_id,
    [t('keys.secretKey')]: issued.secret_key ?? '',
  };
  return <SecretOnce title={t('keys.secretTitle')} values={values} onClose={onClose} />;
}
