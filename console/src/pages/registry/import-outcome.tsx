// What became of an import that has just ended.

import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Job } from '../../api/job.ts';
import { useFormats } from '../../parts/formats.ts';
import { JobState } from '../../parts/job-state.tsx';
import { useReasonText } from './row-words.ts';

/** The result of a job of this kind, as far as it is shown. */
export interface ImportResult {
  readonly accepted: number;
  readonly rejected: number;
  readonly seconds: number;
  /** Whether there is a list of the rejected rows. */
  readonly rejected_file: boolean;
  readonly rejected_by_reason: Readonly<Record<string, number>>;
  readonly outside_ranges: number;
}

export const importResultOf = ({ result }: Job) => result as ImportResult | null;
export const rejectedAddress = (id: string) => `/api/v1/operator/registry/imports/${id}/rejected`;

export function ImportOutcome({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const reasonText = useReasonText();
  const result = importResultOf(job);
  const style = { marginBlockEnd: 16 };
  if (result === null)
    return (
      <div style={style}>
        <JobState job={job} failed={t('registry.importFailed')} cancelled={t('registry.importCancelled')} />
      </div>
    );
  const { accepted, rejected, seconds, rejected_file, rejected_by_reason, outside_ranges } = result;
  return (
    <Alert
      type={rejected === 0 && outside_ranges === 0 ? 'success' : 'warning'}
      showIcon
      role="status"
      title={t('registry.importDone', {
        ...{ accepted: number(accepted), rejected: number(rejected), seconds: number(Math.ceil(seconds)) },
      })}
      description={
        <Flex vertical gap={8}>
          {Object.entries(rejected_by_reason).map(([reason, count]) => (
            <span key={reason}>{t('registry.ofReason', { reason: reasonText(reason), count })}</span>
          ))}
          {outside_ranges > 0 && <span>{t('registry.outsideRanges', { count: outside_ranges })}</span>}
          <Flex gap={8} wrap>
            {rejected_file && (
              <Button icon={<DownloadOutlined aria-hidden />} href={rejectedAddress(job.id)} download>
                {t('registry.rejectedRows')}
              </Button>
            )}
            {outside_ranges > 0 && (
              <Link to="/registry/ranges">
                <Button>{t('registry.tabRanges')}</Button>
              </Link>
            )}
            <Link to="/registry/statistics">
              <Button>{t('registry.tabStatistics')}</Button>
            </Link>
          </Flex>
        </Flex>
      }
      style={style}
    />
  );
}
