// A person's own settings: password, authenticator, platform tokens, sessions.

import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../api/call.ts';
import { useForgetAll } from '../../api/visitor.ts';
import { useFormats } from '../../parts/formats.ts';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem, useErrorText } from '../../parts/problem.tsx';
import { Authenticator } from './authenticator.tsx';
import { Password } from './password.tsx';
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

function Sessions() {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const forgetAll = useForgetAll();
  const end = useMutation({
    mutationFn: () => call('POST /people/logout-everywhere', {}),
    onSuccess: async () => {
      await forgetAll();
      navigate('/sign-in');
    },
    onError: (error) => message.error(errorText(error)),
  });
  const ask = () =>
    modal.confirm({
      title: t('account.endSessionsTitle'),
      content: t('account.endSessionsText'),
      okText: t('account.endSessions'),
      okButtonProps: { danger: true },
      onOk: () => end.mutateAsync().catch(() => {}),
    });
  return (
    <Card title={t('account.sessions')}>
      <Typography.Paragraph type="secondary">{t('account.sessionsText')}</Typography.Paragraph>
      <Button onClick={ask}>{t('account.endSessions')}</Button>
    </Card>
  );
}
