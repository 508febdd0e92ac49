// Who answers the questions, in what state, and how old what they know is. Counting the registry takes a job.

import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { useJob } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';

type Source = Answer<'GET /operator/sources'>['items'][number];
type Counted = NonNullable<Source['counted']>;
const TONES = { present: 'good', absent: 'warning', unreadable: 'bad' } as const;
const KEY = 'sources';
const ON_END = [KEY];
const DAY_MS = 86_400_000;

export function Sources() {
  const { t } = useTranslation();
  const sources = useQuery({ queryKey: [KEY], queryFn: () => call('GET /operator/sources', {}) });
  const watched = useJob('registry-statistics', () => call('POST /operator/registry/statistics', {}), ON_END);
  return (
    <Card
      title={t('upkeep.sources')}
      extra={
        <Button loading={watched.isBusy} onClick={() => watched.start()}>
          {t('upkeep.count')}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">{t('upkeep.sourcesText')}</Typography.Paragraph>
      <Flex vertical gap={16}>
        <JobState job={watched.job} error={watched.error} />
        {sources.isError && <Problem error={sources.error} retry={() => void sources.refetch()} />}
        {sources.isPending && <Loading />}
        {sources.data?.items.map((source) => (
          <OneSource key={source.name} source={source} />
        ))}
        <Link to="/channels">{t('upkeep.channels')}</Link>
      </Flex>
    </Card>
  );
}

function OneSource({ source: { name, state, counted } }: { readonly source: Source }) {
  const { t } = useTranslation();
  return (
    <section>
      <Flex gap="6px 10px" align="center" wrap style={{ marginBlockEnd: counted === null ? 0 : 10 }}>
        <Typography.Text strong>{t(`upkeep.${name}`)}</Typography.Text>
        <Mark tone={TONES[state]}>{t(`upkeep.${state}`)}</Mark>
        {counted?.demonstration === true && <Mark tone="trial">{t('upkeep.invented')}</Mark>}
      </Flex>
      {counted !== null && <Figures counted={counted} />}
    </section>
  );
}

function Figures({ counted }: { readonly counted: Counted }) {
  const { t } = useTranslation();
  const { number, day, time } = useFormats();
  const newest = counted.as_of_newest;
  const age =
    newest === null ? undefined : Math.max(0, Math.floor((Date.now() - Date.parse(newest)) / DAY_MS));
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('upkeep.rows'), number(counted.rows)],
    [
      t('upkeep.newest'),
      age === undefined
        ? t('common.none')
        : t('upkeep.dayAndAge', { day: day(newest), age: t('upkeep.age', { count: age }) }),
    ],
    [t('upkeep.oldest'), day(counted.as_of_oldest)],
    [t('upkeep.countedAt'), time(counted.time)],
  ];
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2 }}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}
