// A defect in one page leaves the rest of the console usable.

import { Button, Flex, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Support } from './support.tsx';

interface Props {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t('common.broken')}
      subTitle={t('common.brokenText')}
      extra={
        <Flex vertical gap={16} align="center">
          <Button onClick={() => location.reload()}>{t('common.retry')}</Button>
          <Support />
        </Flex>
      }
    />
  );
}
