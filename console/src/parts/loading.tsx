// Something is on its way: shown only after a moment, so that what is quick does not flicker.

import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      data-loading=""
      aria-label={t('common.loading')}
      style={{ display: 'grid', placeItems: 'center', minHeight: 240 }}
    >
      <Spin delay={200} size="large" />
    </div>
  );
}
