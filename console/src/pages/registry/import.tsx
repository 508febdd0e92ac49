// Subscriber records out of a file: sent, looked at, imported beside the calls; and what became of the imports before.

import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAtWork, useJobs } from '../../api/job.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { orderingOf } from '../../parts/ordering.ts';
import { useUrlState } from '../../parts/url-state.ts';
import { FileChoice, type SentFile } from './file-choice.tsx';
import { FilePreview } from './file-preview.tsx';
import { ImportHistory } from './import-history.tsx';
import { ImportOutcome } from './import-outcome.tsx';

const KIND = 'registry-import';

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const [sent, setSent] = useState<SentFile>();
  const [startedId, setStartedId] = useState<string>();
  const order = orderingOf(url, ['created_at', 'started_by', 'state'], '-created_at');
  const history = useJobs({ kind: KIND, limit: url.limit, offset: url.offset, ordering: order.asked });
  const latest = useJobs({ kind: KIND, limit: 1 });
  const [job] = latest.data?.items ?? [];
  const isRunning = isAtWork(job);
  const ended = job !== undefined && job.id === startedId && !isRunning ? job : undefined;

  return (
    <>
      {job !== undefined && isRunning && (
        <Card title={t('registry.importing')} style={{ marginBlockEnd: 16 }}>
          <JobProgress job={job} />
        </Card>
      )}
      {ended !== undefined && sent === undefined && <ImportOutcome job={ended} />}
      {!isRunning && sent === undefined && <FileChoice onSent={setSent} />}
      {sent !== undefined && (
        <FilePreview
          sent={sent}
          onStarted={(id) => {
            setStartedId(id);
            setSent(undefined);
          }}
          onDiscarded={() => setSent(undefined)}
        />
      )}
      {sent !== undefined && isRunning && (
        <Alert type="info" showIcon title={t('registry.otherImport')} style={{ marginBlockEnd: 16 }} />
      )}
      <ImportHistory
        rows={history}
        url={url}
        order={order}
        actions={
          <Button onClick={() => void history.refetch()} loading={history.isFetching && !isRunning}>
            {t('common.refresh')}
          </Button>
        }
      />
    </>
  );
}
