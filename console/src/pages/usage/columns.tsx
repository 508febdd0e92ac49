// The columns of the usage list; operators see whose call it was.

import { Button, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
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

export function useUsageColumns({ order, isOperator, onShow }: Options): TableColumnsType<UsageCall> {
  const { t } = useTranslation();
  const { time, number } = useFormats();
  const chargeText = useChargeText();
  const account: TableColumnsType<UsageCall>[number] = {
    title: t('usage.account'),
    width: 180,
    render: (_, { account: of }) => of != null && <AccountLink account={of} />,
  };
  return [
    {
      title: t('usage.time'),
      ...order.by('created_at', 'descend'),
      width: 215,
      render: (_, { started_at: at }) => <span className="figures">{time(at)}</span>,
    },
    ...(isOperator ? [account] : []),
    {
      title: t('usage.action'),
      render: (_, { metadata }) => <code className="value">{metadata.action}</code>,
    },
    {
      title: t('usage.outcome'),
      render: (_, { metadata }) => (
        <>
          <code className="value">{metadata.outcome}</code>{' '}
          {metadata.sandbox && <Mark tone="trial">{t('usage.sandbox')}</Mark>}
        </>
      ),
    },
    {
      title: t('usage.result'),
      width: 110,
      render: (_, { metadata }) => <code className="value">{metadata.result || t('common.none')}</code>,
    },
    {
      title: t('usage.elapsed'),
      width: 100,
      align: 'right',
      render: (_, { elapsed }) => (
        <span className="figures">
          {elapsed === null
            ? t('common.none')
            : t('usage.ms', { count: Number((elapsed * 1000).toFixed(1)) })}
        </span>
      ),
    },
    {
      title: t('usage.charge'),
      width: 130,
      align: 'right',
      render: (_, row) => <span className="figures">{chargeText(row)}</span>,
    },
    {
      title: <span className="skip-link">{t('common.details')}</span>,
      key: 'details',
      width: 100,
      align: 'right',
      render: (_, row) => (
        <Button
          size="small"
          onClick={() => onShow(row)}
          aria-label={`${t('common.details')}: ${number(Number(row.id))}`}
        >
          {t('common.details')}
        </Button>
      ),
    },
  ];
}
