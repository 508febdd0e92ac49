// Verifying the whole ledger: asked for, watched, and what came of it; with a head that was noted down, if there is one.

import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { isAtWork, useJob } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { useRemarkText } from '../../parts/remark-text.ts';

const HEAD = /^\s*[1-9]\d{0,14}:[0-9a-fA-F]{64}\s*$/;
const HEAD_MAX_LENGTH = 90;
const ON_END = ['ledger'];

interface Fields {
  readonly head?: string;
}

interface Report {
  readonly entries: number;
  readonly ok: boolean;
  readonly first_bad_seq: number | null;
  readonly reason: string | null;
  readonly reason_code: string | null;
  readonly reason_parameters: object | null;
  readonly last_signed_seq: number;
  readonly noted_head: { readonly seq: number } | null;
}

export function Verify() {
  const { t } = useTranslation();
  const watched = useJob(
    'ledger-verify',
    ({ head = '' }: Fields) =>
      call('POST /operator/ledger/verify', { body: head.trim() === '' ? {} : { head: head.trim() } }),
    ON_END,
  );
  const { job } = watched;
  return (
    <Card title={t('ledger.verify')} style={{ marginBlockEnd: 16 }}>
      <Typography.Paragraph type="secondary">{t('ledger.verifyText')}</Typography.Paragraph>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => watched.start(fields)}>
        <Form.Item
          name="head"
          label={t('ledger.noted')}
          extra={t('ledger.notedHelp')}
          rules={[{ pattern: HEAD, message: t('ledger.notedWrong') }]}
          style={{ maxWidth: 720 }}
        >
          <Input maxLength={HEAD_MAX_LENGTH} autoComplete="off" spellCheck={false} allowClear />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={watched.isBusy}>
          {t('ledger.verify')}
        </Button>
      </Form>
      <Flex vertical gap={16} style={{ marginBlockStart: 16 }} aria-live="polite">
        <JobState job={job} error={watched.error} />
        {job !== undefined && !isAtWork(job) && job.result !== null && (
          <Result report={job.result as unknown as Report} endedAt={job.ended_at} />
        )}
      </Flex>
    </Card>
  );
}

function Result({ report, endedAt }: { readonly report: Report; readonly endedAt: string | null }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { entries, ok, first_bad_seq: firstBadSeq, last_signed_seq: seq, noted_head: noted } = report;
  const { reason, reason_code: code, reason_parameters: parameters } = report;
  const remarkText = useRemarkText();
  const lines = ok
    ? [
        t('ledger.soundText', { entries, seq }),
        ...(noted === null ? [] : [t('ledger.soundNoted', { seq: noted.seq })]),
      ]
    : [
        ...(reason === null ? [] : [remarkText(code, parameters, reason)]),
        ...(firstBadSeq === null ? [] : [t('ledger.unsoundFrom', { seq: firstBadSeq })]),
      ];
  return (
    <Alert
      type={ok ? 'success' : 'error'}
      showIcon
      role={ok ? 'status' : 'alert'}
      title={ok ? t('ledger.sound') : t('ledger.unsound')}
      description={
        <>
          {lines.map((line) => (
            <Typography.Paragraph key={line} style={{ marginBlockEnd: 4 }}>
              {line}
            </Typography.Paragraph>
          ))}
          <Typography.Text type="secondary">{time(endedAt)}</Typography.Text>
        </>
      }
    />
  );
}
