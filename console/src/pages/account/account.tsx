// A person's own settings: password, authenticator, platform tokens, sessions.

import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Authenticator } from './authenticator.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';

export const PERSON_KEY = ['person'];

export function Page() {
  const { t } = useTranslation();
  const { day } = useFormats();
  const person = useQuery({ queryKey: PERSON_KEY, queryFn: () => call('GET /people/session', {}) });
  return (
    <>
      <PageHead title={t('account.title')} lead={t('account.lead')} />
      {person.isPending && <Loading />}
      {person.isError && <Problem error={person.error} retry={() => void person.refetch()} />}
      {person.data !== undefined && (
        <Flex vertical gap={16}>
          <Card>
            <Descriptions
              column={{ xs: 1, md: 3 }}
              items={[
                { key: 'email', label: t('account.email'), children: person.data.email },
                {
                  key: 'id',
                  label: t('account.id'),
                  children: <code className="value">{person.data.account_id}</code>,
                },
                { key: 'since', label: t('account.since'), children: day(person.data.created_at) },
              ]}
            />
          </Card>
          <Password email={person.data.email} />
          <Authenticator isOn={person.data.totp_enabled} />
          <Tokens />
          <Sessions />
        </Flex>
      )}
    </>
  );
}
