// Backups that this server made, and making one. The master key goes in only after a question that says what that means.

import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { isAtWork, type Job, useJob } from '../../api/job.ts';
import { useBytes } from '../../parts/bytes.ts';
import { Empty } from '../../parts/empty.tsx';
import { FittingTable } from '../../parts/fitting-table.tsx';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { Mark } from '../../parts/mark.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';

type Backup = Answer<'GET /operator/backups'>['items'][number];
const KEY = 'backups';
const ON_END = [KEY];

interface Report {
  readonly name: string;
  readonly files: readonly { readonly bytes: number }[];
  readonly secret_options_left_out: readonly string[];
  readonly ledger: { readonly entries: number } | null;
}

export function Backups() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const url = useUrlState('backups_');
  const order = orderingOf(url, ['created_at', 'bytes'], '-created_at');
  const query = { limit: url.limit, offset: url.offset, ordering: order.asked };
  const backups = useQuery({
    queryKey: [KEY, query],
    queryFn: () => call('GET /operator/backups', { query }),
    placeholderData: (before) => before,
  });
  const watched = useJob(
    'backup',
    (withKey: boolean) => call('POST /operator/backups', { body: { with_master_key: withKey } }),
    ON_END,
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
        <JobState job={job} error={watched.error} />
        {job !== undefined && !isAtWork(job) && job.result !== null && <Made job={job} />}
        {backups.data?.count === 0 ? (
          <Empty title={t('upkeep.noBackups')} text={t('upkeep.noBackupsText')} />
        ) : (
          <List
            backups={backups.data?.items ?? []}
            isLoading={backups.isPending}
            order={order}
            pagination={url.pagination(backups.data?.count ?? 0, (count) => t('common.total', { count }))}
          />
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

interface ListProps {
  readonly backups: readonly Backup[];
  readonly isLoading: boolean;
  readonly order: ReturnType<typeof orderingOf<'created_at' | 'bytes'>>;
  readonly pagination: ReturnType<ReturnType<typeof useUrlState>['pagination']>;
}

function List({ backups, isLoading, order, pagination }: ListProps) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const bytesText = useBytes();
  return (
    <FittingTable<Backup>
      rowKey="name"
      size="small"
      dataSource={[...backups]}
      loading={isLoading}
      onChange={order.onChange}
      pagination={{ ...pagination, style: { marginBlockEnd: 0 } }}
      width={680}
      columns={[
        {
          title: t('upkeep.name'),
          render: (_, { name }) => <code className="value">{name}</code>,
          minWidth: 220,
        },
        {
          title: t('upkeep.madeAt'),
          ...order.by('created_at', 'descend'),
          render: (_, { created_at: at }) => <span className="figures">{time(at)}</span>,
        },
        {
          title: t('upkeep.size'),
          ...order.by('bytes', 'descend'),
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
