// The frame of every form that lets somebody in.

import { Card } from 'antd';
import type { ReactNode } from 'react';
import { PageHead } from '../../parts/page-head.tsx';

interface Props {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly children: ReactNode;
}

export function SignInCard({ title, lead, children }: Props) {
  return (
    <div style={{ maxWidth: 460, margin: '4vh auto 0' }}>
      <PageHead title={title} {...(lead === undefined ? {} : { lead })} />
      <Card>{children}</Card>
    </div>
  );
}
