// Sign in with address and password, and with the authenticator where there is one.

import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { CallError, call } from '../../api/call.ts';
import { useForgetAll } from '../../api/visitor.ts';
import { Problem } from '../../parts/problem.tsx';
import { SignInCard } from './card.tsx';
import { nextIn, withNext } from './next-address.ts';

interface Fields {
  readonly email: string;
  readonly password: string;
  readonly totp?: string;
}

export function Page() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const forgetAll = useForgetAll();
  const [needsTotp, setNeedsTotp] = useState(false);
  const next = nextIn(search);

  const signIn = useMutation({
    mutationFn: ({ email, password, totp }: Fields) =>
      call('POST /people/login', { body: { email, password, totp } }),
    onError: (error) => {
      if (error instanceof CallError && error.code === 'totp_needed') setNeedsTotp(true);
    },
    onSuccess: async () => {
      await forgetAll();
      navigate(next === '' ? '/overview' : next, { replace: true });
    },
  });
  const isAskedForTotp = signIn.error instanceof CallError && signIn.error.code === 'totp_needed';

  return (
    <SignInCard title={t('signIn.title')} lead={next === '' ? undefined : t('signIn.why')}>
      {signIn.isError && !isAskedForTotp && <Problem error={signIn.error} />}
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => signIn.mutate(fields)}>
        <Form.Item
          name="email"
          label={t('signIn.email')}
          rules={[{ required: true, message: t('signIn.email') }]}
        >
          <Input type="email" autoComplete="username" size="large" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('signIn.password') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        {needsTotp && (
          <Form.Item
            name="totp"
            label={t('signIn.totp')}
            rules={[{ required: true, message: t('signIn.totp') }]}
          >
            <Input autoComplete="one-time-code" size="large" autoFocus />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <Flex wrap gap="8px 16px" justify="space-between" style={{ marginBlockStart: 20 }}>
        <Link to={withNext('/register', next)}>{t('signIn.toRegister')}</Link>
        <Link to={withNext('/reset-password', next)}>{t('signIn.forgotten')}</Link>
      </Flex>
    </SignInCard>
  );
}
