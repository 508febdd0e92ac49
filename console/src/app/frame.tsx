// What stands around every page: the way to the others, language, theme, who is signed in.

import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Layout, Modal } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ErrorBoundary } from '../parts/error-boundary.tsx';
import { useFirstField } from '../parts/first-field.ts';
import { Loading } from '../parts/loading.tsx';
import { Logo } from '../parts/logo.tsx';
import { Support } from '../parts/support.tsx';
import { Navigation } from './navigation.tsx';
import { Pages } from './routes.tsx';
import { Tools } from './tools.tsx';

export function Frame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isWide = Grid.useBreakpoint().lg === true;
  useFirstField();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu that led to it, and what the old one still asked
  useEffect(() => {
    setOpen(false);
    Modal.destroyAll();
  }, [pathname]);

  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <Layout.Header
        className="no-print"
        style={{ display: 'flex', alignItems: 'center', gap: 8, paddingInline: isWide ? 24 : 12, height: 64 }}
      >
        {!isWide && (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('nav.menu')}
            onClick={() => setOpen(true)}
          />
        )}
        <Link to="/" aria-label="Lineproof" style={{ display: 'flex', color: 'inherit' }}>
          <Logo />
        </Link>
        <span style={{ flex: 1 }} />
        <Tools isWide={isWide} />
      </Layout.Header>
      <Layout>
        {isWide && (
          <Layout.Sider className="no-print" width={216} style={{ paddingInline: 12 }}>
            <Navigation />
          </Layout.Sider>
        )}
        <Drawer
          open={!isWide && isOpen}
          onClose={() => setOpen(false)}
          placement="left"
          size={260}
          title="Lineproof"
          styles={{ body: { padding: 12 } }}
        >
          <Navigation />
        </Drawer>
        <Layout.Content
          id="content"
          tabIndex={-1}
          style={{ padding: isWide ? '8px 32px 48px' : '4px 16px 40px', outline: 'none' }}
        >
          <div className="page">
            <ErrorBoundary key={pathname}>
              <Suspense fallback={<Loading />}>
                <Pages />
              </Suspense>
            </ErrorBoundary>
          </div>
          <footer className="page">
            <Support />
          </footer>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
