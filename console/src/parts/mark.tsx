// A word about the state of something. Its colours are our own (styles.css): Ant Design's are too faint to be read by all.

import { Tag } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'good' | 'warning' | 'bad' | 'trial' | 'plain';
  readonly children: ReactNode;
}

export function Mark({ tone, children }: Props) {
  return <Tag className={`mark mark-${tone}`}>{children}</Tag>;
}
