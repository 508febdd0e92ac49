// How far a job is, or why it came to nothing. What it found is for its page to show.

import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { isAtWork, type Job } from '../api/job.ts';
import { JobProgress } from './job-progress.tsx';
import { Problem } from './problem.tsx';
import { useRemarkText } from './remark-text.ts';

interface Props {
  readonly job: Job | undefined;
  /** Of asking for it or starting it. */
  readonly error?: Error | null;
  /** What is said where it failed or was cancelled, if there is more to say. */
  readonly failed?: string;
  readonly cancelled?: string;
}

export function JobState({ job, error = null, failed, cancelled }: Props) {
  const { t } = useTranslation();
  const remarkText = useRemarkText();
  return (
    <>
      {error !== null && <Problem error={error} />}
      {job !== undefined && isAtWork(job) && <JobProgress job={job} />}
      {job?.state === 'failed' && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={failed ?? t('jobs.failed')}
          description={remarkText(job.error_code, job.error_parameters, job.error ?? '')}
        />
      )}
      {job?.state === 'cancelled' && <Alert type="info" showIcon title={cancelled ?? t('jobs.cancelled')} />}
    </>
  );
}
