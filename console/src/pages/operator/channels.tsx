// Around the pages about sending: health, and the mails of development.

import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/page-head.tsx';
import { SubPages } from '../../parts/sub-pages.tsx';

export function Page() {
  const { t } = useTranslation();
  const pages = [
    { path: '/channels', title: t('operations.tabHealth') },
    { path: '/channels/mails', title: t('operations.tabMails') },
  ];
  return (
    <>
      <PageHead title={t('operations.channels')} lead={t('operations.channelsLead')} />
      <SubPages label={t('operations.channels')} pages={pages} />
    </>
  );
}
