// The ledger's entry of one call: its source and hashes, and what vouches for it when that is asked.

import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Typography } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';

type Proof = Answer<'GET /usage/entries/{seq}/proof'>;
const TONES = { proven: 'success', unsigned: 'info', broken: 'error' } as const;

export function LedgerEntry({ seq }: { readonly seq: number }) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const path = { seq: String(seq) };
  const entry = useQuery({
    queryKey: ['entry', seq],
    queryFn: () => call('GET /usage/entries/{seq}', { path }),
  });
  const proof = useMutation({ mutationFn: () => call('GET /usage/entries/{seq}/proof', { path }) });
  if (entry.isError) return <Problem error={entry.error} retry={() => void entry.refetch()} />;
  if (entry.data === undefined) return <Loading />;
  const { source, as_of: asOf, hash, previous_hash: previous } = entry.data;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('ledger.source'), source === 'registry' ? t('upkeep.registry') : source || t('common.none')],
    [t('ledger.asOf'), day(asOf)],
    [t('ledger.hash'), <Hash key="hash" text={hash} />],
    [t('ledger.previousHash'), <Hash key="previous" text={previous} />],
  ];
  return (
    <section style={{ marginBlockStart: 24 }}>
      <Typography.Title level={3} style={{ fontSize: 16 }}>
        {t('ledger.entry')} {seq}
      </Typography.Title>
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: '36%' } }}
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      <Button onClick={() => proof.mutate()} loading={proof.isPending} style={{ marginBlock: 16 }}>
        {t('ledger.verifyEntry')}
      </Button>
      {proof.isError && <Problem error={proof.error} />}
      {proof.data !== undefined && <Verdict proof={proof.data} />}
    </section>
  );
}

function Hash({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <Typography.Text copyable={{ text, tooltips: [t('common.copy'), t('common.copied')] }}>
      <code className="value">{text}</code>
    </Typography.Text>
  );
}

function Verdict({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const { verdict, head, last_verification: last } = proof;
  const shown = useRef<HTMLDivElement>(null);
  // It comes below the end of a long list.
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const whole =
    last === null
      ? t('ledger.wholeNever')
      : last.ok
        ? t('ledger.wholeOk', { time: time(last.time), seq: last.up_to_seq })
        : t('ledger.wholeBad', { time: time(last.time) });
  return (
    <div ref={shown}>
      <Alert
        type={TONES[verdict]}
        showIcon
        role="status"
        title={t(`ledger.${verdict}`)}
        description={
          <>
            <Typography.Paragraph>
              {t(`ledger.${verdict}Text`, { number: head?.number ?? 0, seq: head?.seq ?? 0 })}
            </Typography.Paragraph>
            <Typography.Paragraph>{whole}</Typography.Paragraph>
            {verdict !== 'broken' && <Typography.Text type="secondary">{t('ledger.limits')}</Typography.Text>}
          </>
        }
      />
    </div>
  );
}
