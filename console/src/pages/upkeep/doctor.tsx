// Asking the doctor what is wrong with this server, and its answer.

import { Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { isAtWork, useJob } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { type Check, Findings } from './findings.tsx';

export function Doctor() {
  const { t } = useTranslation();
  const { time } = useFormats();
  const watched = useJob('doctor', () => call('POST /operator/doctor', {}));
  const { job } = watched;
  const checks =
    job === undefined || isAtWork(job) || job.result === null
      ? undefined
      : (job.result as unknown as { readonly checks: readonly Check[] }).checks;
  return (
    <Card
      title={t('upkeep.doctor')}
      style={{ marginBlockEnd: 16 }}
      extra={
        <Button loading={watched.isBusy} onClick={() => watched.start()}>
          {t('upkeep.examine')}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">{t('upkeep.doctorText')}</Typography.Paragraph>
      <Flex vertical gap={16} aria-live="polite">
        <JobState job={job} error={watched.error} />
        {checks !== undefined && <Findings checks={checks} at={time(job?.ended_at)} />}
      </Flex>
    </Card>
  );
}
