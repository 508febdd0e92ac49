// The top of every page: what it is, in a sentence what it is for, and what can be done. It names the browser's tab too.

import { Flex, Typography } from 'antd';
import { type ReactNode, useEffect } from 'react';

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHead({ title, lead, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Lineproof`;
  }, [title]);
  return (
    <Flex
      wrap
      gap="12px 24px"
      justify="space-between"
      align="flex-start"
      style={{ marginBlock: '16px 24px' }}
    >
      <div style={{ flex: '1 1 360px', minWidth: 0 }}>
        <Typography.Title level={1} style={{ fontSize: 26, margin: 0 }}>
          {title}
        </Typography.Title>
        {lead !== undefined && (
          <Typography.Paragraph type="secondary" style={{ margin: '6px 0 0', maxWidth: 720 }}>
            {lead}
          </Typography.Paragraph>
        )}
      </div>
      {actions !== undefined && (
        <Flex gap={8} wrap>
          {actions}
        </Flex>
      )}
    </Flex>
  );
}
