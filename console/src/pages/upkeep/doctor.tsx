// The doctor's findings, worst first, each with how to mend it; what is fine is counted only.

import { Alert, Button, Card, Flex, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { isAtWork, useJob } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { Mark } from '../../parts/mark.tsx';

const LEVELS = ['problem', 'warning', 'ok'] as const;
const TONES = { problem: 'bad', warning: 'warning', ok: 'good' } as const;

interface Check {
  readonly level: (typeof LEVELS)[number];
  readonly subject: string;
  readonly finding: string;
  readonly mend: string | null;
}

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
        <JobState watched={watched} />
        {checks !== undefined && <Findings checks={checks} at={time(job?.ended_at)} />}
      </Flex>
    </Card>
  );
}

function Findings({ checks, at }: { readonly checks: readonly Check[]; readonly at: string }) {
  const { t } = useTranslation();
  const problems = checks.filter(({ level }) => level === 'problem').length;
  const worth = LEVELS.filter((level) => level !== 'ok').flatMap((level) =>
    checks.filter((check) => check.level === level),
  );
  return (
    <>
      <Alert
        type={problems === 0 ? 'success' : 'error'}
        showIcon
        role="status"
        title={problems === 0 ? t('upkeep.nothingWrong') : t('upkeep.problems', { count: problems })}
        description={`${t('upkeep.soundOnes', { count: checks.length - worth.length })} ${at}`}
      />
      {worth.length > 0 && (
        <Table<Check>
          rowKey={({ subject, finding }) => `${subject}: ${finding}`}
          size="small"
          dataSource={worth}
          pagination={false}
          scroll={{ x: 720 }}
          columns={[
            {
              title: t('upkeep.level'),
              width: 110,
              render: (_, { level }) => <Mark tone={TONES[level]}>{t(`upkeep.${level}`)}</Mark>,
            },
            { title: t('upkeep.subject'), width: 140, dataIndex: 'subject' },
            { title: t('upkeep.finding'), dataIndex: 'finding' },
            { title: t('upkeep.mend'), render: (_, { mend }) => mend ?? t('common.none') },
          ]}
        />
      )}
    </>
  );
}
