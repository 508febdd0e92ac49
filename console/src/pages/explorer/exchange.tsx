// One call that was made: request and answer as they were on the wire, time, charge, entry in the ledger.

import { Alert, Collapse, Descriptions, Flex, Switch, Typography } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';

export type Made = Answer<'POST /explorer/calls'>;

export function Exchange({ made }: { readonly made: Made }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const [isRaw, setRaw] = useState(false);
  const rawId = useId();
  const { request, response, sandbox } = made;
  const show = (text: string) => (isRaw ? text : pretty(text));
  return (
    <>
      <Flex gap={8} wrap align="center" role="status" style={{ marginBlockEnd: 12 }}>
        <Mark tone={response.status < 400 ? 'good' : 'bad'}>HTTP {response.status}</Mark>
        {sandbox && <Mark tone="trial">{t('keys.sandbox')}</Mark>}
      </Flex>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        style={{ marginBlockEnd: 8 }}
        items={[
          {
            key: 'took',
            label: t('explorer.took'),
            children: t('usage.ms', { count: Number(made.duration_ms.toFixed(1)) }),
          },
          { key: 'charge', label: t('explorer.charge'), children: <Charge made={made} /> },
          {
            key: 'ledger',
            label: t('explorer.ledger'),
            children: made.ledger_seq === null ? t('usage.notInLedger') : number(made.ledger_seq),
          },
          {
            key: 'id',
            label: t('usage.requestId'),
            children: <code className="value">{made.request_id}</code>,
          },
        ]}
      />
      <Flex justify="flex-end" gap={8} align="center" style={{ marginBlockEnd: 8 }}>
        <label htmlFor={rawId}>{t('explorer.asSent')}</label>
        <Switch id={rawId} size="small" checked={isRaw} onChange={setRaw} />
      </Flex>
      <Typography.Title level={3} className="part-title">
        {t('explorer.answer')}
      </Typography.Title>
      <CodeBlock label={t('explorer.answer')} text={show(response.body)} />
      <Headers headers={response.headers} />
      <Typography.Title level={3} className="part-title">
        {t('explorer.request')}
      </Typography.Title>
      <CodeBlock
        label={t('explorer.request')}
        text={`${request.method} ${request.url}\n\n${show(request.body)}`}
      />
      <Headers headers={request.headers} />
      <Alert type="info" title={t('explorer.requestHelp')} />
    </>
  );
}

function Charge({ made }: { readonly made: Made }) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const { charge } = made;
  if (charge === null || !charge.charged) return t('usage.free');
  if (charge.paid_by === 'quota') return t('usage.byQuota');
  return money(charge.amount);
}

function Headers({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <Collapse
      size="small"
      style={{ marginBlockEnd: 16 }}
      items={[
        {
          key: 'headers',
          label: `${t('explorer.headers')} (${lines.length})`,
          children: <CodeBlock label={t('explorer.headers')} text={lines.join('\n')} />,
        },
      ]}
    />
  );
}

export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
