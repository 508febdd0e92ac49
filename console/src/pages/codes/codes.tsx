// Around the pages about one-time codes: what they are for, and the way from one to the other.

import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/page-head.tsx';
import { SubPages } from '../../parts/sub-pages.tsx';

export function Page() {
  const { t } = useTranslation();
  const pages = [
    { path: '/codes', title: t('codes.tabSent') },
    { path: '/codes/outbox', title: t('codes.tabOutbox') },
    { path: '/codes/templates', title: t('codes.tabTemplates') },
    { path: '/codes/guards', title: t('codes.tabGuards') },
    { path: '/codes/settings', title: t('codes.tabSettings') },
  ];
  return (
    <>
      <PageHead title={t('codes.title')} lead={t('codes.lead')} />
      <SubPages label={t('codes.title')} pages={pages} />
    </>
  );
}
