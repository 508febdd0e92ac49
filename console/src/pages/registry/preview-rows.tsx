// The first rows of a file as an import would read them: numbers masked, names and ID cards never shown.

import { Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import type { SentFile } from './file-choice.tsx';
import { useReasonText, useRowWords } from './row-words.ts';

type Row = SentFile['upload']['preview'][number];

export function PreviewRows({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const { day, number } = useFormats();
  const words = useRowWords();
  const reasonText = useReasonText();
  const text = (shown: string | null, show: (code: string) => string) =>
    shown === null ? t('common.none') : show(shown);
  const figures = (shown: string) => <span className="figures">{shown}</span>;
  if (rows.length === 0) return <Typography.Text type="secondary">{t('registry.noRows')}</Typography.Text>;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
      tabIndex={0}
      aria-label={t('registry.firstRows', { count: rows.length })}
      style={{ overflowX: 'auto' }}
    >
      <Table<Row>
        rowKey="line"
        size="small"
        dataSource={[...rows]}
        pagination={false}
        tableLayout="fixed"
        style={{ minWidth: 936 }}
        columns={[
          {
            title: t('registry.line'),
            width: 74,
            align: 'right',
            render: (_, { line }) => <span className="figures">{number(line)}</span>,
          },
          {
            title: t('registry.verdict'),
            width: 160,
            render: (_, { rejected }) =>
              rejected === null ? (
                <Mark tone="good">{t('registry.accepted')}</Mark>
              ) : (
                <Mark tone="bad">{t('registry.rejectedFor', { reason: reasonText(rejected) })}</Mark>
              ),
          },
          {
            title: t('operations.number'),
            width: 126,
            render: (_, row) => <code className="value">{row.number ?? t('common.none')}</code>,
          },
          {
            title: t('operations.status'),
            width: 96,
            render: (_, { status }) => text(status, words.status),
          },
          {
            title: t('operations.carrier'),
            width: 104,
            render: (_, { carrier }) => (
              <span style={{ overflowWrap: 'anywhere' }}>{text(carrier, words.carrier)}</span>
            ),
          },
          {
            title: t('operations.activatedOn'),
            width: 108,
            render: (_, row) => figures(day(row.activated_on)),
          },
          { title: t('operations.asOf'), width: 108, render: (_, row) => figures(day(row.as_of)) },
          { title: t('registry.name'), width: 70, render: (_, { name }) => t(`registry.cell_${name}`) },
          { title: t('registry.idCard'), width: 92, render: (_, row) => t(`registry.cell_${row.id_card}`) },
        ]}
      />
    </section>
  );
}
