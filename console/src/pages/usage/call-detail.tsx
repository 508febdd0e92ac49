// Everything that is kept of one call.

import { Descriptions, Drawer, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionName, OutcomeName } from '../../parts/call-names.tsx';
import { useFormats } from '../../parts/formats.ts';
import { AccountLink } from './account-link.tsx';
import { useChargeText } from './charge-text.ts';
import { LedgerEntry } from './ledger-entry.tsx';
import type { UsageCall } from './usage.tsx';

interface Props {
  readonly call: UsageCall | undefined;
  readonly onClose: () => void;
}

export function CallDetail({ call, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={call !== undefined} onClose={onClose} title={t('usage.detail')} size={520}>
      {call !== undefined && <Rows call={call} />}
      {call?.metadata.ledger_seq != null && <LedgerEntry key={call.id} seq={call.metadata.ledger_seq} />}
    </Drawer>
  );
}

function Rows({ call }: { readonly call: UsageCall }) {
  const { t } = useTranslation();
  const { time, number, money } = useFormats();
  const chargeText = useChargeText();
  const { metadata } = call;
  const count = (value: number | null) => (value === null ? t('common.none') : number(value));
  const code = (text: string | null | undefined) =>
    text === null || text === undefined || text === '' ? (
      t('common.none')
    ) : (
      <code className="value">{text}</code>
    );
  const { account } = call;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('usage.time'), time(call.started_at)],
    ...(account == null
      ? []
      : [[t('usage.account'), <AccountLink key="account" account={account} />] as const]),
    [t('usage.action'), <ActionName key="action" {...metadata} />],
    [t('usage.outcome'), <OutcomeName key="outcome" {...metadata} />],
    [t('usage.result'), code(metadata.result)],
    [t('usage.status'), call.status_code],
    [t('usage.protocol'), metadata.protocol],
    [t('usage.path'), code(call.api === null ? null : `${call.api.method} ${call.api.path}`)],
    // The ledger does not keep how long an answer took.
    ...(call.elapsed === null
      ? []
      : [[t('usage.elapsed'), t('usage.ms', { count: Number((call.elapsed * 1000).toFixed(1)) })] as const]),
    [t('usage.charge'), chargeText(call)],
    [t('usage.price'), money(call.original_amount)],
    [t('usage.deducted'), money(call.deducted_amount)],
    [
      t('usage.balanceLeft'),
      call.remaining_amount === null ? t('common.none') : money(call.remaining_amount),
    ],
    [t('usage.quotaLeft'), count(metadata.remaining_quota)],
    [t('usage.key'), code(call.credential?.token)],
    [t('usage.requestId'), <RequestId key="id" id={call.trace_id} />],
    [t('usage.seq'), metadata.ledger_seq === null ? t('usage.notInLedger') : number(metadata.ledger_seq)],
  ];
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      styles={{ label: { width: '36%' } }}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

/** To be copied: it names the call to whoever runs the server. */
function RequestId({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <Typography.Text copyable={{ tooltips: [t('common.copy'), t('common.copied')] }}>
      <code className="value">{id}</code>
    </Typography.Text>
  );
}
