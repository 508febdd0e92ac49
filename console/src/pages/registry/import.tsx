// Subscriber records out of a file: sent, looked at, imported beside the calls; and what became of the imports before.

import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../../parts/url-state.ts';
import { FileChoice, type SentFile } from './file-choice.tsx';
import { FilePreview } from './file-preview.tsx';
import { ImportHistory } from './import-history.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { JobProgress } from './job-progress.tsx';
import { isOver, useJobs } from './jobs.ts';

const KIND = 'registry-import';

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const [sent, setSent] = useState<SentFile>();
  const [startedId, setStartedId] = useState<string>();
  const history = useJobs({ kind: KIND, limit: url.limit, offset: url.offset });
  const latest = useJobs({ kind: KIND, limit: 1 });
  const [job] = latest.data?.items ?? [];
  const isRunning = job !== undefined && !isOver(job);
  const ended = job !== undefined && job.id === startedId && isOver(job) ? job : undefined;

  return (
    <>
      {isRunning && (
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
        actions={
          <Button onClick={() => void history.refetch()} loading={history.isFetching && !isRunning}>
            {t('common.refresh')}
          </Button>
        }
      />
    </>
  );
}
