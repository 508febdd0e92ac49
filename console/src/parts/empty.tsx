// Nothing to show, and what to do about it.

import { Empty as AntEmpty, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

export function Empty({ title, text, children }: Props) {
  return (
    <AntEmpty
      image={AntEmpty.PRESENTED_IMAGE_SIMPLE}
      style={{ marginBlock: 32 }}
      description={
        <>
          <Typography.Text strong style={{ display: 'block' }}>
            {title}
          </Typography.Text>
          {text !== undefined && <Typography.Text type="secondary">{text}</Typography.Text>}
        </>
      }
    >
      {children}
    </AntEmpty>
  );
}
