// How far a job is, and the way to stop it.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Progress, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { JOB_QUERIES, type Job } from '../api/job.ts';
import { useErrorText } from './problem.tsx';

/** Whose unit is a row or an entry; bytes and pages of a file tell a person nothing. */
const COUNTED = new Set(['verifying', 'verifying ledger', 'counting', 'writing']);

export function JobProgress({ job }: { readonly job: Job }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const cancel = useMutation({
    mutationFn: () => call('DELETE /operator/jobs/{id}', { path: { id: job.id } }),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: JOB_QUERIES }),
  });
  const { phase = job.state, done = 0, total = null } = job.progress ?? {};
  const key = `jobs.phase_${phase.replaceAll(' ', '_')}`;
  const words = i18n.exists(key) ? t(key as 'jobs.phase_running') : t('jobs.phase_running');
  const known = total !== null && total > 0;
  return (
    <div>
      <Flex gap={12} align="center" justify="space-between" wrap>
        <Typography.Text>
          <span role="status">{words}</span>
          {known && COUNTED.has(phase) && (
            <Typography.Text type="secondary" className="figures">
              {' '}
              {t('jobs.of', { done, total })}
            </Typography.Text>
          )}
        </Typography.Text>
        <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('jobs.cancel')}
        </Button>
      </Flex>
      <Progress
        aria-label={words}
        percent={known ? Math.min(100, Math.floor((done / total) * 100)) : 0}
        status="active"
      />
    </div>
  );
}
