// A value that is made to be copied: whole, in even figures, with a button that says when it is done.

import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly value: string;
}

const SHOWN_MS = 2000;

export function Copyable({ label, value }: Props) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <div style={{ marginBlockEnd: 14 }}>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <Flex gap={8} align="center" justify="space-between">
        <code className="value" data-copyable={label}>
          {value}
        </code>
        <Button
          icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
          aria-label={`${t('common.copy')}: ${label}`}
          onClick={() => void copy()}
        >
          <span aria-live="polite">{isCopied ? t('common.copied') : t('common.copy')}</span>
        </Button>
      </Flex>
    </div>
  );
}
