// The list of pages that this visitor has.

import {
  ApartmentOutlined,
  AppstoreOutlined,
  AuditOutlined,
  CodeOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  DollarOutlined,
  ExperimentOutlined,
  KeyOutlined,
  LinkOutlined,
  MedicineBoxOutlined,
  MessageOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  SettingOutlined,
  ToolOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Menu } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useVisitor, type Visitor } from '../api/visitor.ts';

const ANYBODY: readonly Visitor['kind'][] = ['nobody', 'person', 'operator'];
const PAGES = [
  { name: 'overview', icon: <DashboardOutlined aria-hidden />, of: ['person', 'operator'] },
  { name: 'services', icon: <AppstoreOutlined aria-hidden />, of: ANYBODY },
  { name: 'explorer', icon: <CodeOutlined aria-hidden />, of: ANYBODY },
  { name: 'reference', icon: <ReadOutlined aria-hidden />, of: ANYBODY },
  { name: 'sandbox', icon: <ExperimentOutlined aria-hidden />, of: ANYBODY },
  { name: 'keys', icon: <KeyOutlined aria-hidden />, of: ['nobody', 'person'] },
  { name: 'codes', icon: <MessageOutlined aria-hidden />, of: ['nobody', 'person'] },
  { name: 'usage', icon: <UnorderedListOutlined aria-hidden />, of: ANYBODY },
  { name: 'doctor', icon: <MedicineBoxOutlined aria-hidden />, of: ANYBODY },
  { name: 'settings', icon: <SettingOutlined aria-hidden />, of: ['person'] },
  { name: 'accounts', icon: <ApartmentOutlined aria-hidden />, of: ['operator'] },
  { name: 'prices', icon: <DollarOutlined aria-hidden />, of: ['operator'] },
  { name: 'registry', icon: <DatabaseOutlined aria-hidden />, of: ['operator'] },
  { name: 'channels', icon: <SendOutlined aria-hidden />, of: ['operator'] },
  { name: 'ledger', icon: <LinkOutlined aria-hidden />, of: ['operator'] },
  { name: 'operations', icon: <ToolOutlined aria-hidden />, of: ['operator'] },
  { name: 'operators', icon: <SafetyCertificateOutlined aria-hidden />, of: ['operator'] },
  { name: 'audit', icon: <AuditOutlined aria-hidden />, of: ['operator'] },
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
