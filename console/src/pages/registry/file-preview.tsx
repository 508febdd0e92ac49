// A file that was sent, before anything is imported: its columns, its first rows as they would be read, and what is to be done.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Flex, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { JOB_QUERIES } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';
import type { SentFile } from './file-choice.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { ReplaceQuestion } from './replace-question.tsx';

interface Props {
  readonly sent: SentFile;
  readonly onStarted: (jobId: string) => void;
  readonly onDiscarded: () => void;
}

const KILOBYTE = 1000;

export function FilePreview({ sent, onStarted, onDiscarded }: Props) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [replace, setReplace] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { id, bytes, format, gzip, columns, missing, preview, demonstration } = sent.upload;
  const start = useMutation({
    mutationFn: () =>
      call('POST /operator/registry/imports', { body: { upload_id: id, replace, region: sent.region } }),
    onSuccess: async (job) => {
      await client.invalidateQueries({ queryKey: JOB_QUERIES });
      onStarted(job.id);
    },
    onSettled: () => setAsking(false),
  });
  const discard = useMutation({
    mutationFn: () => call('DELETE /operator/registry/uploads/{id}', { path: { id } }),
    onError: (error) => message.error(errorText(error)),
    onSettled: onDiscarded,
  });
  const askOrStart = () => {
    if (replace) setAsking(true);
    else if (!demonstration) start.mutate();
    else
      modal.confirm({
        title: t('registry.inventedTitle'),
        content: t('registry.demonstrationGoes'),
        okText: t('registry.importStart'),
        okButtonProps: { danger: true },
        onOk: () => start.mutateAsync().catch(() => {}),
      });
  };
  const kind = `${format === 'csv' ? 'CSV' : 'NDJSON'}${gzip ? ' (gzip)' : ''}`;

  return (
    <Card
      title={<span style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{sent.name}</span>}
      extra={t('registry.fileFacts', { kind, size: number(Math.ceil(bytes / KILOBYTE)) })}
      style={{ marginBlockEnd: 16 }}
    >
      {start.isError && <Problem error={start.error} />}
      <Flex gap="8px 4px" wrap align="center" style={{ marginBlockEnd: 8 }}>
        <Typography.Text strong style={{ marginInlineEnd: 8 }}>
          {t('registry.columns')}
        </Typography.Text>
        {columns.map(({ name, known }, place) => (
          // Names may occur twice where they are not ours.
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a file stay where they are
          <Mark key={place} tone={known ? 'good' : 'warning'}>
            {known ? name : t('registry.notRead', { name })}
          </Mark>
        ))}
      </Flex>
      {missing.length > 0 && (
        <Typography.Paragraph type="secondary">
          {t('registry.missing', { names: missing.join(', ') })}
        </Typography.Paragraph>
      )}
      <Typography.Paragraph strong style={{ marginBlock: '16px 8px' }}>
        {t('registry.firstRows', { count: preview.length })}
      </Typography.Paragraph>
      <PreviewRows rows={preview} />
      <Radio.Group
        aria-label={t('registry.how')}
        style={{ display: 'grid', gap: 10, marginBlock: '20px 8px' }}
        value={replace}
        onChange={({ target }) => setReplace(target.value === true)}
        options={[
          { value: false, label: t('registry.merge') },
          { value: true, label: t('registry.replace') },
        ]}
      />
      {demonstration && (
        <Typography.Paragraph type="secondary">{t('registry.demonstrationGoes')}</Typography.Paragraph>
      )}
      <Flex gap={8} wrap>
        <Button type="primary" danger={replace} loading={start.isPending} onClick={askOrStart}>
          {replace ? t('registry.replaceStart') : t('registry.importStart')}
        </Button>
        <Button loading={discard.isPending} onClick={() => discard.mutate()}>
          {t('registry.discard')}
        </Button>
      </Flex>
      <ReplaceQuestion
        open={isAsking}
        isPending={start.isPending}
        onYes={() => start.mutate()}
        onNo={() => setAsking(false)}
      />
    </Card>
  );
}
