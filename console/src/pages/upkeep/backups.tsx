// Backups that this server made, and making one. The master key goes in only after a question that says what that means.

import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Card, Flex, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { isAtWork, type Job, useJob } from '../../api/job.ts';
import { useBytes } from '../../parts/bytes.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';

type Backup = Answer<'GET /operator/backups'>['items'][number];
const SHOWN_MAX = 100;
const PAGE_SIZE = 10;

interface Report {
  readonly name: string;
  readonly files: readonly { readonly bytes: number }[];
  readonly secret_options_left_out: readonly string[];
  readonly ledger: { readonly entries: number } | null;
}

export function Backups() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const backups = useQuery({
    queryKey: ['backups'],
    queryFn: () => call('GET /operator/backups', { query: { limit: SHOWN_MAX } }),
  });
  const watched = useJob(
    'backup',
    (withKey: boolean) => call('POST /operator/backups', { body: { with_master_key: withKey } }),
    ['backups'],
  );
  const { job } = watched;
  const askForKey = () =>
    modal.confirm({
      title: t('upkeep.withKeyTitle'),
      content: t('upkeep.withKeyText'),
      okText: t('upkeep.withKeyOk'),
      okButtonProps: { danger: true },
      onOk: () => watched.start(true),
    });
  return (
    <Card title={t('upkeep.backups')} style={{ marginBlockEnd: 16 }}>
      {backups.isError && <Problem error={backups.error} retry={() => void backups.refetch()} />}
      {backups.data !== undefined && (
        <Typography.Paragraph type="secondary">
          {t('upkeep.backupsText', { directory: backups.data.directory })}
        </Typography.Paragraph>
      )}
      <Flex gap={8} wrap style={{ marginBlockEnd: 16 }}>
        <Button loading={watched.isBusy} onClick={() => watched.start(false)}>
          {t('upkeep.make')}
        </Button>
        <Button disabled={watched.isBusy} onClick={askForKey}>
          {t('upkeep.withKey')}
        </Button>
      </Flex>
      <Flex vertical gap={16} aria-live="polite">
        <JobState watched={watched} />
        {job !== undefined && !isAtWork(job) && job.result !== null && <Made job={job} />}
        {backups.data?.count === 0 ? (
          <Empty title={t('upkeep.noBackups')} text={t('upkeep.noBackupsText')} />
        ) : (
          <List backups={backups.data?.items ?? []} isLoading={backups.isPending} />
        )}
      </Flex>
    </Card>
  );
}

function Made({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const bytesText = useBytes();
  const { name, files, ledger, secret_options_left_out: leftOut } = job.result as unknown as Report;
  const size = bytesText(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const text =
    ledger === null
      ? t('upkeep.madeEmpty', { files: files.length, size })
      : t('upkeep.madeText', { files: files.length, size, entries: ledger.entries });
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t('upkeep.made', { name })}
      description={
        leftOut.length === 0 ? text : `${text} ${t('upkeep.secretsLeftOut', { names: leftOut.join(', ') })}`
      }
    />
  );
}

function List({ backups, isLoading }: { readonly backups: readonly Backup[]; readonly isLoading: boolean }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const bytesText = useBytes();
  return (
    <Table<Backup>
      rowKey="name"
      size="small"
      dataSource={[...backups]}
      loading={isLoading}
      pagination={{ pageSize: PAGE_SIZE, hideOnSinglePage: true }}
      scroll={{ x: 620 }}
      columns={[
        { title: t('upkeep.name'), render: (_, { name }) => <code className="value">{name}</code> },
        {
          title: t('upkeep.madeAt'),
          render: (_, { created_at: at }) => <span className="figures">{time(at)}</span>,
        },
        {
          title: t('upkeep.size'),
          align: 'right',
          width: 110,
          render: (_, { bytes }) => <span className="figures">{bytesText(bytes)}</span>,
        },
        {
          title: t('upkeep.key'),
          width: 140,
          render: (_, { master_key_included: isIn }) => (
            <Mark tone={isIn ? 'warning' : 'plain'}>{isIn ? t('upkeep.keyIn') : t('upkeep.keyOut')}</Mark>
          ),
        },
      ]}
    />
  );
}
