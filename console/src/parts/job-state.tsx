// How far a job is, with a way to stop it, or why it failed. What it found is for its page to show.

import { Alert, Button, Flex, Progress, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { isAtWork, type useJob } from '../api/job.ts';
import { Problem } from './problem.tsx';

type Watched = Pick<ReturnType<typeof useJob<never>>, 'job' | 'error' | 'cancel'>;

export function JobState({ watched }: { readonly watched: Watched }) {
  const { t, i18n } = useTranslation();
  const { job, error } = watched;
  if (error !== null) return <Problem error={error} />;
  if (job === undefined) return null;
  if (job.state === 'failed')
    return <Alert type="error" showIcon role="alert" title={t('jobs.failed')} description={job.error} />;
  if (job.state === 'cancelled') return <Alert type="info" showIcon title={t('jobs.cancelled')} />;
  if (!isAtWork(job)) return null;
  const { progress } = job;
  const phaseOf = (phase: string) => {
    const key = `jobs.phase_${phase.replaceAll(' ', '_')}`;
    return i18n.exists(key) ? t(key as 'jobs.phase_verifying') : phase;
  };
  const total = progress?.total ?? null;
  const text =
    progress === null
      ? t(job.state === 'queued' ? 'jobs.queued' : 'jobs.running')
      : total === null
        ? t('jobs.step', { phase: phaseOf(progress.phase) })
        : t('jobs.stepOf', { phase: phaseOf(progress.phase), done: progress.done, total });
  const percent = total === null || total === 0 ? 0 : Math.floor(((progress?.done ?? 0) / total) * 100);
  return (
    <Flex gap={16} align="center" wrap role="status">
      <div style={{ flex: '1 1 240px' }}>
        <Typography.Text type="secondary">{text}</Typography.Text>
        <Progress percent={percent} status="active" aria-label={text} />
      </div>
      <Button onClick={() => watched.cancel(job.id)}>{t('jobs.cancel')}</Button>
    </Flex>
  );
}
