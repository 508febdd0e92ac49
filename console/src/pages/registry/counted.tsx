// The figures and charts of one count of the registry.

import { Alert, Button, Card, Col, Row, Statistic } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import type { Count } from './count-chart.tsx';
import { useRowWords } from './row-words.ts';
import type { Counts } from './use-counted.ts';

const CountChart = lazy(() => import('./count-chart.tsx'));
const CARRIERS_MAX = 8;

/** The most frequent ones; the others together. */
function upTo(max: number, counts: readonly Count[], others: string): readonly Count[] {
  const sorted = counts.toSorted((a, b) => b.count - a.count);
  if (sorted.length <= max) return sorted;
  const rest = sorted.slice(max - 1).reduce((sum, { count }) => sum + count, 0);
  return [...sorted.slice(0, max - 1), { name: others, count: rest }];
}

const countsOf = (counts: Readonly<Record<string, number>>, nameOf: (code: string) => string) =>
  Object.entries(counts).map(([code, count]) => ({ name: nameOf(code), count }));

export function Counted({ counts: counted }: { readonly counts: Counts }) {
  const { t } = useTranslation();
  const words = useRowWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone, as t does
  const charts = useMemo(
    () => [
      [t('registry.byStatus'), countsOf(counted.by_status, words.status), 12] as const,
      [
        t('registry.byCarrier'),
        upTo(CARRIERS_MAX, countsOf(counted.by_carrier, words.carrier), t('registry.otherCarriers')),
        12,
      ] as const,
      [t('registry.byTenure'), countsOf(counted.by_tenure_months, words.tenure), 24] as const,
    ],
    [counted, t],
  );
  if (counted.rows === 0)
    return (
      <Card>
        <Empty title={t('registry.emptyTitle')} text={t('registry.emptyText')}>
          <Link to="/registry">
            <Button type="primary">{t('registry.tabImport')}</Button>
          </Link>
        </Empty>
      </Card>
    );
  return (
    <>
      {counted.demonstration && (
        <Alert
          type="info"
          showIcon
          title={t('registry.demonstration')}
          description={t('registry.demonstrationText')}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      <Figures counted={counted} />
      <Row gutter={[16, 16]}>
        {charts.map(([title, counts, width]) => (
          <Col key={title} xs={24} lg={width}>
            <Card title={title} style={{ height: '100%' }}>
              <Suspense fallback={<div style={{ height: 200 }} />}>
                <CountChart label={title} counts={counts} />
              </Suspense>
            </Card>
          </Col>
        ))}
      </Row>
    </>
  );
}

function Figures({ counted }: { readonly counted: Counts }) {
  const { t } = useTranslation();
  const { number, day } = useFormats();
  const figures: readonly (readonly [string, string])[] = [
    [t('registry.rows'), number(counted.rows)],
    [t('registry.withName'), number(counted.with_name)],
    [t('registry.withIdCard'), number(counted.with_id_card)],
    [t('registry.oldest'), day(counted.as_of_oldest)],
    [t('registry.newest'), day(counted.as_of_newest)],
  ];
  return (
    <Row gutter={[16, 16]} style={{ marginBlockEnd: 16 }}>
      {figures.map(([title, value], at) => (
        <Col key={title} xs={at === 0 ? 24 : 12} md={8} xl={{ flex: '1 1 0' }}>
          <Card size="small" style={{ height: '100%' }}>
            <Statistic
              title={title}
              value={value}
              // A date of any language on one line of half a phone.
              styles={{
                content: {
                  fontVariantNumeric: 'tabular-nums',
                  fontSize: 'clamp(16px, 4.4vw, 22px)',
                  whiteSpace: 'nowrap',
                },
              }}
            />
          </Card>
        </Col>
      ))}
    </Row>
  );
}
