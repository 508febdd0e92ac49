// Around the pages about the registry: what it is, and the way from one to the other.

import { useTranslation } from 'react-i18next';
import { PageHead } from '../../parts/page-head.tsx';
import { SubPages } from '../../parts/sub-pages.tsx';

export function Page() {
  const { t } = useTranslation();
  const pages = [
    { path: '/registry', title: t('registry.tabImport') },
    { path: '/registry/statistics', title: t('registry.tabStatistics') },
    { path: '/registry/ranges', title: t('registry.tabRanges') },
    { path: '/registry/look-up', title: t('registry.tabLookUp') },
  ];
  return (
    <>
      <PageHead title={t('registry.title')} lead={t('registry.lead')} />
      <SubPages label={t('registry.title')} pages={pages} />
    </>
  );
}
