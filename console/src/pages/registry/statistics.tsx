// What the registry holds, counted: by status, carrier and tenure, and of which days.

import { Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { JobState } from '../../parts/job-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Counted } from './counted.tsx';
import { useCounted } from './use-counted.ts';

export function Page() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { jobs, start, newest, isCounting, counted } = useCounted();
  return (
    <>
      <Flex gap={8} wrap justify="space-between" align="center" style={{ marginBlockEnd: 16 }}>
        <Typography.Text type="secondary" style={{ flex: '1 1 220px' }}>
          {counted === undefined
            ? t('registry.statisticsLead')
            : t('registry.countedAt', { time: time(counted.endedAt) })}
        </Typography.Text>
        <Button disabled={isCounting} loading={start.isPending} onClick={() => start.mutate()}>
          {t('registry.countAgain')}
        </Button>
      </Flex>
      {jobs.isError && <Problem error={jobs.error} retry={() => void jobs.refetch()} />}
      {start.isError && <Problem error={start.error} retry={() => start.mutate()} />}
      {isCounting && newest !== undefined && (
        <Card style={{ marginBlockEnd: 16 }}>
          <JobProgress job={newest} />
        </Card>
      )}
      {newest?.state === 'failed' && (
        <div style={{ marginBlockEnd: 16 }}>
          <JobState job={newest} failed={t('registry.countFailed')} />
        </div>
      )}
      {counted !== undefined && <Counted counts={counted.counts} />}
      {jobs.isPending && <Loading />}
    </>
  );
}
