// What the registry holds, counted: by status, carrier and tenure, and of which days. It is counted when nobody has yet, or
// when something was imported since; and again when it is asked for.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Counted } from './counted.tsx';
import { JobProgress } from './job-progress.tsx';
import { isOver, JOB_QUERIES, type Job, useJobs } from './jobs.ts';

/** All that a server keeps, usually. */
const JOBS_SHOWN = 100;
const KIND = 'registry-statistics';

/** Whether what was counted last is of the registry as it is. */
function isOutdated(jobs: readonly Job[]): boolean {
  const counted = jobs.find(({ kind }) => kind === KIND);
  const changed = jobs.find(({ kind, state }) => kind !== KIND && state === 'done');
  return counted === undefined || (changed?.ended_at ?? '') > counted.created_at;
}

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const client = useQueryClient();
  const jobs = useJobs({ kind: undefined, limit: JOBS_SHOWN });
  const start = useMutation({
    mutationFn: () => call('POST /operator/registry/statistics', {}),
    onSettled: () => client.invalidateQueries({ queryKey: JOB_QUERIES }),
  });
  const items = jobs.isFetchedAfterMount ? (jobs.data?.items ?? []) : [];
  const counts = items.filter(({ kind }) => kind === KIND);
  const [newest] = counts;
  const shown = counts.find(({ state }) => state === 'done');
  const isCounting = newest !== undefined && !isOver(newest);

  const wasAsked = useRef(false);
  const wanted = jobs.isSuccess && jobs.isFetchedAfterMount && isOutdated(items);
  const { mutate } = start;
  useEffect(() => {
    if (!wanted || wasAsked.current) return;
    wasAsked.current = true;
    mutate();
  }, [wanted, mutate]);

  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 300px' }}>
          {shown === undefined
            ? t('registry.statisticsLead')
            : t('registry.countedAt', { time: time(shown.ended_at) })}
        </Typography.Text>
        <Button disabled={isCounting} loading={start.isPending} onClick={() => mutate()}>
          {t('registry.countAgain')}
        </Button>
      </Flex>
      {jobs.isError && <Problem error={jobs.error} retry={() => void jobs.refetch()} />}
      {start.isError && <Problem error={start.error} retry={() => mutate()} />}
      {isCounting && (
        <Card style={{ marginBlockEnd: 16 }}>
          <JobProgress job={newest} />
        </Card>
      )}
      {newest?.state === 'failed' && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('registry.countFailed')}
          description={newest.error}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      {shown !== undefined && <Counted job={shown} />}
      {jobs.isPending && <Loading />}
    </>
  );
}
