// The documented inputs of one kind: what is sent, what it stands for, what comes back and when.

import {
  Button,
  Card,
  Flex,
  Grid,
  Table,
  type TableColumnsType,
  type TablePaginationConfig,
  Typography,
} from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Action } from '../../api/actions.ts';
import type { SandboxInput } from '../../api/sandbox.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';
import { Marked } from './marked.tsx';

interface Props {
  readonly action: Action;
  readonly inputs: readonly SandboxInput[];
  /** Where nothing above says which kind they are. */
  readonly title?: string;
  /** Without it all rows are shown. */
  readonly pagination?: TablePaginationConfig;
}

/** Of an answer: shown beside these. */
const SHOWN_ALREADY = new Set(['result', 'description']);

export function InputTable({ action, inputs, title, pagination }: Props) {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md === true;
  const fields = tellingFields(inputs);
  const hasDelay = inputs.some(({ delay_ms: delayMs }) => delayMs > 0);
  const sent = (one: SandboxInput) => <Sent input={one.input} fields={fields} />;
  const tried = (one: SandboxInput) => <Try action={action} name={one.name} />;
  const delay = ({ delay_ms: delayMs }: SandboxInput) => (
    <span className="figures">{t('sandbox.seconds', { count: delayMs / 1000 })}</span>
  );
  const narrow: TableColumnsType<SandboxInput> = [
    {
      title: t('sandbox.input'),
      render: (_, one) => (
        <Flex vertical gap={6}>
          <Flex justify="space-between" gap={8}>
            {sent(one)}
            {tried(one)}
          </Flex>
          <Meaning of={one} />
          <Played of={one} otherwise={one.outcome ?? ''} />
        </Flex>
      ),
    },
  ];
  const wide: TableColumnsType<SandboxInput> = [
    { title: t('sandbox.input'), width: 300, render: (_, one) => sent(one) },
    { title: t('sandbox.meaning'), width: 300, render: (_, one) => <Meaning of={one} /> },
    ...(inputs.some(hasAnswer)
      ? [
          {
            title: t('sandbox.result'),
            width: 280,
            render: (_: unknown, one: SandboxInput) => <Played of={one} otherwise={t('common.none')} />,
          },
        ]
      : []),
    {
      title: t('sandbox.outcome'),
      width: 190,
      render: (_, { outcome, fault }) => <code className="value">{outcome ?? fault ?? ''}</code>,
    },
    ...(hasDelay
      ? [
          {
            title: t('sandbox.delay'),
            width: 80,
            align: 'right' as const,
            render: (_: unknown, one: SandboxInput) => delay(one),
          },
        ]
      : []),
    {
      title: <span className="skip-link">{t('sandbox.try')}</span>,
      key: 'try',
      width: 90,
      align: 'right',
      className: 'no-print',
      render: (_, one) => tried(one),
    },
  ];
  return (
    <Card
      styles={{ body: { padding: 0 } }}
      title={
        title !== undefined && (
          <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
            {title}
          </Typography.Title>
        )
      }
    >
      <Table<SandboxInput>
        rowKey="name"
        size="small"
        pagination={pagination === undefined ? false : { ...pagination, style: { paddingInline: 16 } }}
        showHeader={isWide}
        {...(isWide ? { scroll: { x: 900 } } : {})}
        dataSource={[...inputs]}
        columns={isWide ? wide : narrow}
      />
    </Card>
  );
}

function Sent({ input, fields }: Pick<SandboxInput, 'input'> & { readonly fields: readonly string[] }) {
  return (
    <Flex vertical gap={2} style={{ minWidth: 0 }}>
      {fields
        .filter((field) => field in input)
        .map((field) => (
          <span key={field}>
            <Typography.Text type="secondary">{field}</Typography.Text>{' '}
            <code className="value">{String(input[field])}</code>
          </span>
        ))}
    </Flex>
  );
}

function Meaning({ of: { meaning, delivery } }: { readonly of: SandboxInput }) {
  const pick = useBilingual();
  return (
    <span>
      <Marked text={pick(meaning)} />
      {delivery.length > 0 && <Delivery stages={delivery} />}
    </span>
  );
}

interface PlayedProps {
  readonly of: SandboxInput;
  /** Where the action has no result codes. */
  readonly otherwise: string;
}

function Played({ of: { fault, result, description, answer }, otherwise }: PlayedProps) {
  const { t } = useTranslation();
  const pick = useBilingual();
  return (
    <Flex vertical gap={2}>
      <span>
        <code className="value">{result ?? otherwise}</code>{' '}
        {fault !== null && <Mark tone="bad">{t('overview.error')}</Mark>}
        {membersOf(answer).map(([name, text]) => (
          <span key={name}>
            {' '}
            {name} <code className="value">{text}</code>
          </span>
        ))}
      </span>
      {description !== null && <Typography.Text type="secondary">{pick(description)}</Typography.Text>}
    </Flex>
  );
}

function Try({ action, name }: { readonly action: Action; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <Link
      className="no-print"
      to={`/explorer?${new URLSearchParams({ action: action.action, sandbox: name })}`}
    >
      <Button size="small" tabIndex={-1} aria-label={`${t('sandbox.try')}: ${name}`}>
        {t('sandbox.try')}
      </Button>
    </Link>
  );
}

function Delivery({ stages }: { readonly stages: SandboxInput['delivery'] }) {
  const { t } = useTranslation();
  return (
    <Typography.Text type="secondary" style={{ display: 'block' }}>
      {t('sandbox.delivery')}{' '}
      {stages
        .map(({ from_ms: fromMs, state, reason }) => {
          const name = t(`codes.delivery_${state as 'sent'}`);
          const word = reason === '' ? name : `${name} (${reason})`;
          return fromMs === 0 ? word : `${t('sandbox.seconds', { count: fromMs / 1000 })}: ${word}`;
        })
        .join(' → ')}
    </Typography.Text>
  );
}

/** Those that differ from row to row; the rest may be anything. */
function tellingFields(inputs: readonly SandboxInput[]): string[] {
  const names = [...new Set(inputs.flatMap(({ input }) => Object.keys(input)))];
  const differing = names.filter(
    (name) => new Set(inputs.map(({ input }) => JSON.stringify(input[name]))).size > 1,
  );
  return differing.length > 0 ? differing : names.slice(0, 1);
}

function hasAnswer({ fault, result, description, answer }: SandboxInput): boolean {
  return fault !== null || result !== null || description !== null || membersOf(answer).length > 0;
}

function membersOf(answer: SandboxInput['answer']): [string, string][] {
  return Object.entries(answer ?? {})
    .filter(([name, value]) => !SHOWN_ALREADY.has(name.toLowerCase()) && isWord(value))
    .map(([name, value]) => [name, String(value)]);
}

function isWord(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
