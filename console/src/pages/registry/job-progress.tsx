// How far a job is, and the way to stop it.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex, Progress, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { useErrorText } from '../../parts/problem.tsx';
import { JOB_QUERIES, type Job } from './jobs.ts';

export function JobProgress({ job }: { readonly job: Job }) {
  const { t, i18n } = useTranslation();
  const { number } = useFormats();
  const { message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const cancel = useMutation({
    mutationFn: () => call('DELETE /operator/jobs/{id}', { path: { id: job.id } }),
    onError: (error) => message.error(errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: JOB_QUERIES }),
  });
  const { phase = job.state, done = 0, total = null } = job.progress ?? {};
  const known = total !== null && total > 0;
  const words = i18n.exists(`registry.phase_${phase}` as string)
    ? t(`registry.phase_${phase as 'reading'}`)
    : t('registry.phase_running');
  return (
    <div aria-live="polite">
      <Flex gap={12} align="center" justify="space-between" wrap>
        <Typography.Text>
          {words}
          {known && phase !== 'reading' && (
            <Typography.Text type="secondary" className="figures">
              {' '}
              {t('registry.of', { done: number(done), total: number(total) })}
            </Typography.Text>
          )}
        </Typography.Text>
        <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('registry.cancel')}
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
