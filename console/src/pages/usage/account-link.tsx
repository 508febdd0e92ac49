// Whose call it was, for operators: its name leads to the account's page; many have the same name, so the id stands below.

import { Flex } from 'antd';
import { Link } from 'react-router';
import type { UsageCall } from './usage.tsx';

export function AccountLink({ account }: { readonly account: NonNullable<UsageCall['account']> }) {
  return (
    <Flex vertical gap={2}>
      <Link to={`/accounts/${account.id}`}>{account.name}</Link>
      <code className="value">{account.id}</code>
    </Flex>
  );
}
