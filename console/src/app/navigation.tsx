// The list of pages that this visitor has.

import {
  ApartmentOutlined,
  AppstoreOutlined,
  CodeOutlined,
  DashboardOutlined,
  KeyOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useVisitor, type Visitor } from '../api/visitor.ts';

const ANYBODY: readonly Visitor['kind'][] = ['nobody', 'person', 'operator'];
const PAGES = [
  { name: 'overview', icon: <DashboardOutlined />, of: ['person', 'operator'] },
  { name: 'services', icon: <AppstoreOutlined />, of: ANYBODY },
  { name: 'explorer', icon: <CodeOutlined />, of: ANYBODY },
  { name: 'keys', icon: <KeyOutlined />, of: ['nobody', 'person'] },
  { name: 'usage', icon: <UnorderedListOutlined />, of: ANYBODY },
  { name: 'accounts', icon: <ApartmentOutlined />, of: ['operator'] },
] as const;

export function Navigation() {
  const { t } = useTranslation();
  const visitor = useVisitor();
  const [, current = ''] = useLocation().pathname.split('/');
  const items = PAGES.filter(({ of }) => (of as readonly string[]).includes(visitor?.kind ?? 'nobody')).map(
    ({ name, icon }) => ({ key: name, icon, label: <Link to={`/${name}`}>{t(`nav.${name}`)}</Link> }),
  );
  return (
    <nav aria-label={t('nav.menu')}>
      <Menu mode="inline" selectedKeys={[current]} items={items} style={{ border: 0 }} />
    </nav>
  );
}
