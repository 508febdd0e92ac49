// The figures of a period: how many calls, what they cost, how long they took, what is left.

import { Card, Statistic, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useMsText } from './ms-text.ts';
import type { Latency, Sums } from './sums.ts';

interface Props {
  readonly all: Sums | undefined;
  readonly latency: Latency | null;
  readonly sandbox: boolean;
  /** Money and free calls, once they are known. */
  readonly left: { readonly balance: number | undefined; readonly quota: number | undefined };
  /** All accounts together, for an operator. */
  readonly isOfAll: boolean;
}

export function Figures({ all, latency, sandbox, left, isOfAll }: Props) {
  const { t } = useTranslation();
  const { number, money } = useFormats();
  const { calls = 0, charged = 0, errors = 0, amount = 0, byQuota = 0 } = all ?? {};
  const or = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? t('common.none') : format(value);
  return (
    <div className="figure-grid" style={{ marginBlockEnd: 16 }}>
      <Figure title={t('overview.requests')} value={number(calls)} />
      {sandbox ? (
        <Figure title={t('overview.answered')} value={number(calls - errors)} />
      ) : (
        <Figure title={t('overview.charged')} value={number(charged)} />
      )}
      <Figure
        title={t('overview.errors')}
        value={number(errors)}
        note={calls === 0 ? undefined : t('overview.share', { share: errors / calls })}
      />
      <Figure title={t('overview.spent')} value={money(amount)} />
      {!sandbox && <LatencyFigure latency={latency} />}
      {!sandbox && isOfAll && (
        <>
          <Figure title={t('overview.byQuota')} value={number(byQuota)} />
          <Figure title={t('overview.byBalance')} value={number(charged - byQuota)} />
          <Figure title={t('overview.balanceOfAll')} value={or(left.balance, money)} isWide />
          <Figure title={t('overview.quotaOfAll')} value={or(left.quota, number)} isWide />
        </>
      )}
      {!sandbox && !isOfAll && (
        <>
          <Figure title={t('overview.balance')} value={or(left.balance, money)} />
          <Figure title={t('overview.quota')} value={or(left.quota, number)} />
        </>
      )}
    </div>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly isWide?: boolean;
}

const CONTENT = { fontVariantNumeric: 'tabular-nums', fontSize: 24 } as const;

function Figure({ title, value, note, isWide = false }: FigureProps): ReactNode {
  return (
    <Card size="small" className={isWide ? 'figure-wide' : ''}>
      <Statistic
        title={title}
        value={value}
        styles={{ content: CONTENT }}
        suffix={
          note === undefined ? undefined : (
            <Typography.Text type="secondary" style={{ fontSize: 13 }}>
              {note}
            </Typography.Text>
          )
        }
      />
    </Card>
  );
}

function LatencyFigure({ latency }: { readonly latency: Latency | null }) {
  const { t } = useTranslation();
  const msText = useMsText();
  const percentiles = [
    ['p50', latency?.p50_ms],
    ['p95', latency?.p95_ms],
    ['p99', latency?.p99_ms],
  ] as const;
  return (
    <Card size="small" className="figure-wide">
      <div className="latency-figures">
        {percentiles.map(([name, ms]) => (
          <Statistic
            key={name}
            title={`${t('overview.latency')} ${name}`}
            value={ms === undefined ? t('common.none') : msText(ms)}
            styles={{ content: CONTENT }}
          />
        ))}
      </div>
    </Card>
  );
}
