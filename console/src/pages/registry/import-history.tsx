// Imports since the server started, newest first.

import { DownloadOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, useJobs } from '../../api/job.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Listing } from '../../parts/listing.tsx';
import { Mark } from '../../parts/mark.tsx';
import type { orderingOf } from '../../parts/ordering.ts';
import { useRemarkText } from '../../parts/remark-text.ts';
import type { useUrlState } from '../../parts/url-state.ts';
import { importResultOf, rejectedAddress } from './import-outcome.tsx';

const TONES = {
  ...({ queued: 'trial', running: 'trial', done: 'good' } as const),
  ...({ failed: 'bad', cancelled: 'plain' } as const),
} as const;

interface Props {
  readonly rows: ReturnType<typeof useJobs>;
  readonly url: ReturnType<typeof useUrlState>;
  readonly order: ReturnType<typeof orderingOf<'created_at' | 'started_by' | 'state'>>;
  readonly actions: ReactNode;
}

export function ImportHistory({ rows, url, order, actions }: Props) {
  const { t } = useTranslation();
  const { time, number } = useFormats();
  const remarkText = useRemarkText();
  const words = (job: Job) => {
    const result = importResultOf(job);
    if (result === null)
      return remarkText(job.error_code, job.error_parameters, job.error ?? t('common.none'));
    return t('registry.counts', { accepted: number(result.accepted), rejected: number(result.rejected) });
  };
  return (
    <>
      <Flex gap={8} justify="space-between" align="center" style={{ marginBlock: '24px 12px' }}>
        <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
          {t('registry.history')}
        </Typography.Title>
        {actions}
      </Flex>
      <Listing<Job>
        rows={rows}
        url={url}
        order={order}
        rowKey={({ id }) => id}
        width={840}
        empty={<Empty title={t('registry.noImports')} text={t('registry.noImportsText')} />}
        columns={[
          {
            title: t('registry.startedAt'),
            ...order.by('created_at', 'descend'),
            width: 215,
            render: (_, { created_at: at }) => <span className="figures">{time(at)}</span>,
          },
          {
            title: t('registry.startedBy'),
            ...order.by('started_by'),
            width: 170,
            render: (_, { started_by: by }) => <code className="value">{by}</code>,
          },
          {
            title: t('operations.state'),
            ...order.by('state'),
            width: 120,
            render: (_, { state }) => <Mark tone={TONES[state]}>{t(`jobs.state_${state}`)}</Mark>,
          },
          { title: t('registry.result'), render: (_, job) => words(job) },
          {
            title: <span className="skip-link">{t('registry.rejectedRows')}</span>,
            key: 'rejected',
            width: 190,
            align: 'right',
            render: (_, job) =>
              importResultOf(job)?.rejected_file === true && (
                <Button
                  size="small"
                  icon={<DownloadOutlined aria-hidden />}
                  href={rejectedAddress(job.id)}
                  download
                >
                  {t('registry.rejectedRows')}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}
