// The documented inputs of one kind: what is sent, what it stands for, what comes back and when.

import { Button, Card, Flex, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Action } from '../../api/actions.ts';
import type { SandboxInput } from '../../api/sandbox.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';
import { Marked } from './marked.tsx';

interface Props {
  readonly action: Action;
  readonly section: SandboxInput['section'];
  readonly inputs: readonly SandboxInput[];
}

/** Of an answer: shown beside these. */
const SHOWN_ALREADY = new Set(['result', 'description']);

export function InputTable({ action, section, inputs }: Props) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const fields = tellingFields(inputs);
  const value = (text: string) => <code className="value">{text}</code>;
  const columns: TableColumnsType<SandboxInput> = [
    {
      title: t('sandbox.input'),
      width: 260,
      render: (_, { input }) => (
        <Flex vertical gap={2}>
          {fields
            .filter((field) => field in input)
            .map((field) => (
              <span key={field}>
                <Typography.Text type="secondary">{field}</Typography.Text> {value(String(input[field]))}
              </span>
            ))}
        </Flex>
      ),
    },
    {
      title: t('sandbox.meaning'),
      width: 300,
      render: (_, { meaning, delivery }) => (
        <>
          <Marked text={pick(meaning)} />
          {delivery.length > 0 && <Delivery stages={delivery} />}
        </>
      ),
    },
    {
      title: t('sandbox.result'),
      width: 320,
      render: (_, { fault, outcome, result, description, answer }) => (
        <Flex vertical gap={2}>
          <span>
            {value(result ?? outcome ?? '')} {fault !== null && <Mark tone="bad">{t('overview.error')}</Mark>}
            {membersOf(answer).map(([name, text]) => (
              <span key={name}>
                {' '}
                {name} {value(text)}
              </span>
            ))}
          </span>
          {description !== null && <Typography.Text type="secondary">{pick(description)}</Typography.Text>}
        </Flex>
      ),
    },
    {
      title: t('sandbox.outcome'),
      width: 190,
      render: (_, { outcome, fault }) => value(outcome ?? fault ?? ''),
    },
    ...(inputs.some(({ delay_ms: delayMs }) => delayMs > 0)
      ? [
          {
            title: t('sandbox.delay'),
            width: 80,
            align: 'right' as const,
            render: (_: unknown, { delay_ms: delayMs }: SandboxInput) => (
              <span className="figures">{t('sandbox.seconds', { count: delayMs / 1000 })}</span>
            ),
          },
        ]
      : []),
    {
      title: <span className="skip-link">{t('sandbox.try')}</span>,
      key: 'try',
      width: 90,
      align: 'right',
      className: 'no-print',
      render: (_, { name }) => (
        <Link to={`/explorer?${new URLSearchParams({ action: action.action, sandbox: name })}`}>
          <Button size="small" tabIndex={-1} aria-label={`${t('sandbox.try')}: ${name}`}>
            {t('sandbox.try')}
          </Button>
        </Link>
      ),
    },
  ];
  return (
    <Card
      styles={{ body: { padding: 0 } }}
      title={
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {t(`sandbox.section_${section}`)}
        </Typography.Title>
      }
    >
      <Table<SandboxInput>
        rowKey="name"
        size="small"
        pagination={false}
        scroll={{ x: 1040 }}
        dataSource={[...inputs]}
        columns={columns}
      />
    </Card>
  );
}

function Delivery({ stages }: { readonly stages: SandboxInput['delivery'] }) {
  const { t } = useTranslation();
  return (
    <Typography.Text type="secondary" style={{ display: 'block' }}>
      {t('sandbox.delivery')}{' '}
      {stages
        .map(({ from_ms: fromMs, state, reason }) => {
          const word = reason === '' ? state : `${state} (${reason})`;
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

function membersOf(answer: SandboxInput['answer']): [string, string][] {
  return Object.entries(answer ?? {})
    .filter(([name, value]) => !SHOWN_ALREADY.has(name.toLowerCase()) && isWord(value))
    .map(([name, value]) => [name, String(value)]);
}

function isWord(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
