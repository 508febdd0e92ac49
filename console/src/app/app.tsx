// Theme, language, answers and addresses around everything that is shown.

import { StyleProvider } from '@ant-design/cssinjs';
import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider, type ThemeConfig, theme } from 'antd';
import enLocale from 'antd/locale/en_GB';
import zhLocale from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { createQueryClient } from '../api/query-client.ts';
import { languageOf } from '../i18n/language.ts';
import { Frame } from './frame.tsx';
import { createKeptStyles } from './kept-styles.ts';
import { readNonce } from './nonce.ts';
import { useMotion, useTheme } from './preferences.ts';

const queryClient = createQueryClient();
const keptStyles = createKeptStyles();
const csp = { nonce: readNonce() };

/** Under the mouse a button gets darker, not fainter: its word stays readable. */
const DARK_BUTTON = {
  dangerColor: '#2a0b0b',
  colorPrimaryHover: '#2a64cc',
  defaultHoverColor: '#8ab8ff',
  defaultHoverBorderColor: '#8ab8ff',
};
const DARK_TABS = { itemSelectedColor: '#b5d1ff', itemHoverColor: '#b5d1ff', itemActiveColor: '#b5d1ff' };

/** Quiet text is darker than usual, so that it can be read by everybody (WCAG 2.2, 1.4.3). */
function createTheme(dark: boolean, motion: boolean): ThemeConfig {
  const ink = dark ? '255, 255, 255' : '16, 24, 40';
  const colours = dark
    ? {
        ...{
          colorBgContainer: '#1a1d21',
          colorBgElevated: '#23272c',
          colorBorderSecondary: '#2b3036',
          colorBorder: '#4b535c',
        },
        ...{ colorPrimary: '#2f6fe0', colorLink: '#8ab8ff', colorError: '#ff9a96' },
      }
    : {
        colorPrimary: '#0b5fd0',
        colorLink: '#0b5fd0',
        colorError: '#cf1322',
      };
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colours,
      motion,
      borderRadius: 8,
      colorTextDescription: `rgba(${ink}, 0.68)`,
      colorTextPlaceholder: `rgba(${ink}, 0.62)`,
      colorTextTertiary: `rgba(${ink}, 0.68)`,
      fontFamily: 'inherit',
    },
    components: {
      Checkbox: { borderRadiusSM: 4 },
      Table: { cellPaddingInline: 12 },
      Layout: { bodyBg: 'transparent', headerBg: 'transparent', siderBg: 'transparent' },
      Button: dark ? DARK_BUTTON : { colorPrimaryHover: '#0a52b5' },
      ...(dark ? { Tabs: DARK_TABS } : {}),
      Menu: {
        itemBg: 'transparent',
        activeBarBorderWidth: 0,
        ...(dark ? { itemSelectedColor: '#b5d1ff', itemSelectedBg: '#1c2f4d' } : {}),
      },
    },
  };
}

export function App() {
  const { dark } = useTheme();
  const motion = useMotion();
  const { i18n } = useTranslation();
  const config = useMemo(() => createTheme(dark, motion), [dark, motion]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <StyleProvider cache={keptStyles}>
      <ConfigProvider
        csp={csp}
        theme={config}
        // Two signs of a Chinese button with a space between them are another word than its accessible name.
        button={{ autoInsertSpace: false }}
        locale={languageOf(i18n.language) === 'zh' ? zhLocale : enLocale}
      >
        <AntApp>
          <QueryClientProvider client={queryClient}>
            <BrowserRouter basename="/console">
              <Frame />
            </BrowserRouter>
          </QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </StyleProvider>
  );
}
