// The columns of lists of platform tokens: what tells one from another, of its secret no more than its end.

import { type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/call.ts';
import { useFormats } from './formats.ts';
import type { orderingOf } from './ordering.ts';

export const TOKEN_ORDERS = ['name', 'created_at', 'expired_at'] as const;
type Token = Answer<'GET /platform-tokens'>['items'][number];

export function usePlatformTokenColumns(
  order: ReturnType<typeof orderingOf<(typeof TOKEN_ORDERS)[number]>>,
): { readonly nameOf: (token: Token) => string; readonly columns: TableColumnsType<Token> } {
  const { t } = useTranslation();
  const { day } = useFormats();
  const nameOf = ({ name }: Token) => (name === '' ? t('account.unnamed') : name);
  return {
    nameOf,
    columns: [
      {
        title: t('account.tokenName'),
        ...order.by('name'),
        minWidth: 140,
        render: (_, token) => <Typography.Text strong>{nameOf(token)}</Typography.Text>,
      },
      {
        title: t('account.token'),
        width: 200,
        render: (_, { token }) => <code className="value">{token}</code>,
      },
      {
        title: t('account.created'),
        ...order.by('created_at', 'descend'),
        width: 130,
        className: 'figures',
        render: (_, { created_at: at }) => day(at),
      },
      {
        title: t('account.expires'),
        ...order.by('expired_at'),
        width: 130,
        className: 'figures',
        render: (_, { expired_at: at }) => (at === null ? t('common.never') : day(at)),
      },
    ],
  };
}
