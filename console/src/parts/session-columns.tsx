// The columns of lists of sessions: since when, when used last, until when.

import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from './formats.ts';
import type { orderingOf } from './ordering.ts';

export const SESSION_ORDERS = ['created_at', 'used_at', 'expires_at'] as const;

interface Session {
  readonly created_at: string;
  readonly used_at: string;
  readonly expires_at: string;
}

/** `mark`: beside the time of signing in. */
export function useSessionColumns<Row extends Session>(
  order: ReturnType<typeof orderingOf<(typeof SESSION_ORDERS)[number]>>,
  mark: (row: Row) => ReactNode = () => null,
): TableColumnsType<Row> {
  const { t } = useTranslation();
  const { time } = useFormats();
  const titles = {
    created_at: 'people.signedIn',
    used_at: 'people.lastUsed',
    expires_at: 'people.ends',
  } as const;
  return SESSION_ORDERS.map((column) => ({
    title: t(titles[column]),
    ...order.by(column, 'descend'),
    width: 215,
    render: (_, row) => (
      <>
        <span className="figures">{time(row[column])}</span> {column === 'created_at' && mark(row)}
      </>
    ),
  }));
}
