// There is no such page, or no such thing.

import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      icon={null}
      title={t('common.notFound')}
      subTitle={t('common.notFoundText')}
      extra={
        <Link to="/services">
          <Button type="primary">{t('common.home')}</Button>
        </Link>
      }
    />
  );
}
