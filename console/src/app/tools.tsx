// The right end of the header: language, theme, and who is signed in.

import { BulbOutlined, GlobalOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useSignOut, useVisitor } from '../api/visitor.ts';
import { chooseLanguage, languageOf } from '../i18n/language.ts';
import { signInAddress } from '../pages/sign-in/next-address.ts';
import { type ThemeChoice, useTheme } from './preferences.ts';

/** What an operator is called who was given no name. */
const UNNAMED = 'operator';

const THEMES: readonly ThemeChoice[] = ['light', 'dark', 'system'];

export function Tools({ isWide }: { readonly isWide: boolean }) {
  return (
    <>
      <LanguageSwitch />
      <ThemeSwitch />
      <Account isWide={isWide} />
    </>
  );
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const items = [
    { key: 'en', label: <span lang="en">English</span> },
    { key: 'zh', label: <span lang="zh-CN">中文</span> },
  ];
  const selectedKeys = [languageOf(i18n.language)];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys,
        onClick: ({ key }) => void chooseLanguage(languageOf(key)),
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('nav.language')} />
    </Dropdown>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { choice, choose } = useTheme();
  const items = THEMES.map((key) => ({ key, label: t(`nav.${key}`) }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [choice],
        onClick: ({ key }) => choose(THEMES.find((one) => one === key) ?? 'system'),
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('nav.theme')} />
    </Dropdown>
  );
}

function Account({ isWide }: { readonly isWide: boolean }) {
  const { t } = useTranslation();
  const visitor = useVisitor();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const signOut = useSignOut();
  if (visitor === undefined) return null;
  if (visitor.kind === 'nobody')
    return (
      <Button type="primary" onClick={() => navigate(signInAddress(pathname + search))}>
        {t('nav.signIn')}
      </Button>
    );
  const operator = visitor.operator?.name ?? UNNAMED;
  const name =
    visitor.person?.email ??
    (operator === UNNAMED ? t('nav.unnamedOperator') : t('nav.operator', { name: operator }));
  const leave = async () => {
    await signOut.mutateAsync(visitor.kind).catch(() => {});
    navigate('/services');
  };
  const items = [
    { key: 'who', type: 'group' as const, label: name },
    { key: 'leave', icon: <LogoutOutlined />, label: t('nav.signOut'), onClick: () => void leave() },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('nav.account')}: ${name}`}>
        {isWide ? name : null}
      </Button>
    </Dropdown>
  );
}
