// Who acted: a person by the name of the account and the masked address, everybody else as the audit log has it.

import { Flex, Typography } from 'antd';
import { Link } from 'react-router';
import type { Act } from './audit.tsx';

export function Actor({ act: { actor, person } }: { readonly act: Act }) {
  if (person === null) return <code className="value">{actor}</code>;
  const { account_id: id, name, email } = person;
  return (
    <Flex vertical gap={2}>
      <Link to={`/accounts/${id}`}>{name}</Link>
      {email !== null && <Typography.Text type="secondary">{email}</Typography.Text>}
    </Flex>
  );
}
