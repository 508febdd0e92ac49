// The columns of the usage list; operators see whose call it was. On a phone one column says what there is room for, and the
// details the rest.

import { Button, Flex, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActionCode, OutcomeName } from '../../parts/call-names.tsx';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import type { orderingOf } from '../../parts/ordering.ts';
import { AccountLink } from './account-link.tsx';
import { useChargeText } from './charge-text.ts';
import type { UsageCall } from './usage.tsx';

interface Options {
  readonly order: Pick<ReturnType<typeof orderingOf<'created_at'>>, 'by'>;
  readonly isOperator: boolean;
  readonly onShow: (call: UsageCall) => void;
}

interface Columns {
  readonly columns: TableColumnsType<UsageCall>;
  readonly narrow: TableColumnsType<UsageCall>;
  /** Pixels below which the table scrolls, where it is not a phone's. */
  readonly width: number;
}

/** For a Listing. */
export function useUsageColumns({ order, isOperator, onShow }: Options): Columns {
  const { t } = useTranslation();
  const { time, number } = useFormats();
  const chargeText = useChargeText();
  const timeOf = ({ started_at: at }: UsageCall) => <span className="figures">{time(at)}</span>;
  const actionOf = ({ metadata }: UsageCall) => <ActionCode {...metadata} />;
  const outcomeOf = ({ metadata }: UsageCall) => (
    <>
      <OutcomeName {...metadata} /> {metadata.sandbox && <Mark tone="trial">{t('usage.sandbox')}</Mark>}
    </>
  );
  const chargeOf = (row: UsageCall) => <span className="figures">{chargeText(row)}</span>;
  const accountOf = ({ account }: UsageCall) => account != null && <AccountLink account={account} />;
  const detailsOf = (row: UsageCall) => (
    <Button
      size="small"
      onClick={() => onShow(row)}
      aria-label={`${t('common.details')}: ${number(Number(row.id))}`}
    >
      {t('common.details')}
    </Button>
  );
  const narrow: TableColumnsType<UsageCall> = [
    {
      title: t('usage.time'),
      ...order.by('created_at', 'descend'),
      render: (_, row) => (
        <Flex justify="space-between" gap={12}>
          <Flex vertical gap={4} style={{ minWidth: 0 }}>
            <Typography.Text type="secondary">{timeOf(row)}</Typography.Text>
            <strong>{actionOf(row)}</strong>
            <span>{outcomeOf(row)}</span>
            {accountOf(row)}
          </Flex>
          <Flex vertical gap={8} align="flex-end" style={{ flex: 'none' }}>
            {chargeOf(row)}
            {detailsOf(row)}
          </Flex>
        </Flex>
      ),
    },
  ];
  const account: TableColumnsType<UsageCall>[number] = {
    title: t('usage.account'),
    width: 165,
    render: (_, row) => accountOf(row),
  };
  const wide: TableColumnsType<UsageCall> = [
    {
      title: t('usage.time'),
      ...order.by('created_at', 'descend'),
      width: 198,
      render: (_, row) => timeOf(row),
    },
    ...(isOperator ? [account] : []),
    { title: t('usage.action'), width: 155, render: (_, row) => actionOf(row) },
    { title: t('usage.outcome'), render: (_, row) => outcomeOf(row) },
    {
      title: t('usage.result'),
      width: 95,
      render: (_, { metadata }) => <code className="value">{metadata.result || t('common.none')}</code>,
    },
    { title: t('usage.charge'), width: 118, align: 'right', render: (_, row) => chargeOf(row) },
    {
      title: <span className="skip-link">{t('common.details')}</span>,
      key: 'details',
      width: 95,
      align: 'right',
      render: (_, row) => detailsOf(row),
    },
  ];
  return { columns: wide, narrow, width: isOperator ? 970 : 900 };
}
