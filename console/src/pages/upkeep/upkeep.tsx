// Operations: what keeps this server sound. Each part asks for itself, so that one that fails leaves the others.

import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/page-head.tsx';
import { Backups } from './backups.tsx';
import { Doctor } from './doctor.tsx';
import { Sources } from './sources.tsx';

export function Page() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('upkeep.title')} lead={t('upkeep.lead')} />
      <Doctor />
      <Backups />
      <Sources />
    </>
  );
}
