// Pages behind a sign-in: who is signed out comes back to the same address afterwards.

import { Button, Flex, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { useVisitor, type Visitor } from '../api/visitor.ts';
import { signInAddress } from '../pages/sign-in/next-address.ts';
import { Loading } from '../parts/loading.tsx';
import { Support } from '../parts/support.tsx';

export function Guard({ for: welcome }: { readonly for: readonly Visitor['kind'][] }) {
  const visitor = useVisitor();
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  if (visitor === undefined) return <Loading />;
  if (visitor.kind === 'nobody') return <Navigate to={signInAddress(pathname + search)} replace />;
  if (welcome.includes(visitor.kind)) return <Outlet />;
  const reason = visitor.kind === 'operator' ? t('common.forPersons') : t('common.forOperators');
  return (
    <Result
      status="403"
      icon={null}
      title={t('common.forOthers')}
      subTitle={reason}
      extra={
        <Flex vertical gap={16} align="center">
          <Link to="/overview">
            <Button type="primary">{t('nav.overview')}</Button>
          </Link>
          <Support />
        </Flex>
      }
    />
  );
}
