// Everything that is kept of one verification, with its states in words.

import { useQuery } from '@tanstack/react-query';
import { Alert, Descriptions, Drawer, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { CodeState, DeliveryState, type Verification } from './states.tsx';

interface Props {
  /** undefined: closed. */
  readonly id: string | undefined;
  readonly sandbox: boolean;
  readonly onClose: () => void;
}

export function VerificationDetail({ id = '', sandbox, onClose }: Props) {
  const { t } = useTranslation();
  const one = useQuery({
    queryKey: ['verifications', id, sandbox],
    queryFn: () => call('GET /verifications/{id}', { path: { id }, query: { sandbox } }),
    enabled: id !== '',
  });
  return (
    <Drawer open={id !== ''} onClose={onClose} title={t('codes.verification')} size={520}>
      {one.isLoading && <Loading />}
      {one.isError && <Problem error={one.error} retry={() => void one.refetch()} />}
      {one.data !== undefined && <Rows of={one.data} />}
    </Drawer>
  );
}

function Rows({ of: one }: { readonly of: Verification }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const explained = (mark: ReactNode, text: string) => (
    <Flex vertical gap={4} align="flex-start">
      {mark}
      <Typography.Text type="secondary">{text}</Typography.Text>
    </Flex>
  );
  const value = (text: string) => <code className="value">{text}</code>;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('codes.to'), value(one.to)],
    [t('codes.kind'), t(`codes.${one.kind}`)],
    [t('codes.purpose'), one.purpose],
    [t('codes.code'), explained(<CodeState of={one} />, t(`codes.statusText_${one.status}`))],
    [
      t('codes.delivery'),
      explained(<DeliveryState of={one} />, t(`codes.deliveryText_${one.deliveryStatus}`)),
    ],
    [t('codes.channel'), one.channel === '' ? t('codes.waiting') : one.channel],
    ...(one.reason === '' ? [] : ([[t('codes.reason'), value(one.reason)]] as const)),
    [t('codes.sent'), time(one.createdAt)],
    [t('codes.changed'), time(one.changedAt)],
    [t('codes.expires'), time(one.expiresAt)],
    [
      t('codes.verificationId'),
      <Typography.Text key="id" copyable={{ tooltips: [t('common.copy'), t('common.copied')] }}>
        <code className="value">{one.id}</code>
      </Typography.Text>,
    ],
  ];
  return (
    <>
      {one.resent && (
        <Alert type="warning" showIcon title={t('codes.resent')} style={{ marginBlockEnd: 16 }} />
      )}
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: 150 } }}
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
    </>
  );
}
