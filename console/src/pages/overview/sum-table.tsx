// The numbers by day or by question.

import { Card, Flex, Table, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useProtocolWord } from '../../parts/protocol-word.ts';
import { reachableScroll } from '../../parts/reachable-scroll.ts';
import { useMsText } from './ms-text.ts';
import type { Sums } from './sums.ts';

interface Props {
  readonly title: string;
  readonly first: string;
  readonly rows: readonly Sums[];
  readonly sandbox: boolean;
  /** What a row is called, in place of its name. */
  readonly nameOf: (row: Sums) => ReactNode;
  readonly hasProtocol?: boolean;
}

export function SumTable({ title, first, rows, sandbox, nameOf, hasProtocol = false }: Props) {
  const { t } = useTranslation();
  const { number, money } = useFormats();
  const msText = useMsText();
  const protocolWord = useProtocolWord();
  const column = (label: string, textOf: (row: Sums) => string) => ({
    title: label,
    align: 'right' as const,
    render: (_: unknown, row: Sums) => <span className="figures">{textOf(row)}</span>,
  });
  const percentile = (name: 'p50_ms' | 'p95_ms' | 'p99_ms') =>
    column(name.slice(0, 3), ({ latency }) =>
      latency === undefined ? t('common.none') : msText(latency[name]),
    );
  return (
    <Card title={title} styles={{ body: { padding: 0 } }} style={{ marginBlockEnd: 16 }}>
      <Table<Sums>
        ref={reachableScroll}
        rowKey="name"
        size="middle"
        dataSource={[...rows]}
        pagination={
          rows.length > 10 ? { pageSize: 10, showSizeChanger: false, style: { paddingInline: 16 } } : false
        }
        scroll={{ x: sandbox ? 300 : 800 }}
        columns={[
          {
            title: first,
            render: (_, row) => (
              <Flex vertical>
                <span>{nameOf(row)}</span>
                {hasProtocol && (
                  <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                    {protocolWord(row.protocol)}
                  </Typography.Text>
                )}
              </Flex>
            ),
          },
          column(t('overview.requests'), ({ calls }) => number(calls)),
          ...(sandbox ? [] : [column(t('overview.charged'), ({ charged }) => number(charged))]),
          column(t('overview.errors'), ({ errors }) => number(errors)),
          ...(sandbox
            ? []
            : [
                ...[percentile('p50_ms'), percentile('p95_ms'), percentile('p99_ms')],
                column(t('overview.spent'), ({ amount }) => money(amount)),
              ]),
        ]}
      />
    </Card>
  );
}
