// One act of the audit log: who, what, to what, and what stood there before and after.

import { Descriptions, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Actor } from './actor.tsx';
import type { Act } from './audit.tsx';

const SIDES = ['before', 'after'] as const;

export function ActDetail({ act }: { readonly act: Act }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const code = (text: string) => <code className="value">{text}</code>;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('operations.time'), time(act.time)],
    ...(act.person === null ? [] : [[t('operations.actor'), <Actor key="actor" act={act} />] as const]),
    [act.person === null ? t('operations.actor') : t('operations.actorId'), code(act.actor)],
    [t('operations.act'), code(act.act)],
    [t('operations.subject'), code(act.subject)],
  ];
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: '26%' } }}
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      {SIDES.filter((side) => act[side] != null).map((side) => (
        <section key={side}>
          <Typography.Title level={3} className="part-title">
            {t(`operations.${side}`)}
          </Typography.Title>
          <pre className="code">{JSON.stringify(act[side], null, 2)}</pre>
        </section>
      ))}
    </>
  );
}
