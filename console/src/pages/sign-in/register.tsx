// Register: address and password, then the mailed code, which opens the account and signs in.

import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call } from '../../api/call.ts';
import { useForgetAll } from '../../api/visitor.ts';
import { languageOf } from '../../i18n/language.ts';
import { Problem } from '../../parts/problem.tsx';
import { SignInCard } from './card.tsx';
import { nextIn, withNext } from './next-address.ts';

interface Fields {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
}

export function Page() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const forgetAll = useForgetAll();
  const [registered, setRegistered] = useState<Fields>();
  const next = nextIn(search);

  const register = useMutation({
    mutationFn: (fields: Fields) =>
      call('POST /people/register', {
        body: { name: undefined, ...fields, language: languageOf(i18n.language) },
      }),
    onSuccess: (_, fields) => setRegistered(fields),
  });
  const confirm = useMutation({
    mutationFn: ({ code, email, password }: Fields & { readonly code: string }) =>
      call('POST /people/confirm', { body: { email, password, code: code.trim() } }),
    onSuccess: async () => {
      await forgetAll();
      navigate(next === '' ? '/services' : next, { replace: true });
    },
  });

  if (registered !== undefined)
    return (
      <SignInCard title={t('register.codeTitle')} lead={t('register.codeLead', { email: registered.email })}>
        {confirm.isError && <Problem error={confirm.error} />}
        <Form<{ code: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ code }) => confirm.mutate({ ...registered, code })}
        >
          <Form.Item
            name="code"
            label={t('register.code')}
            rules={[{ required: true, message: t('register.code') }]}
          >
            <Input autoComplete="one-time-code" inputMode="numeric" size="large" autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={confirm.isPending}>
            {t('register.confirm')}
          </Button>
        </Form>
        <Button
          type="link"
          style={{ marginBlockStart: 12, paddingInline: 0 }}
          onClick={() => setRegistered(undefined)}
        >
          {t('register.other')}
        </Button>
      </SignInCard>
    );

  return (
    <SignInCard title={t('register.title')} lead={t('register.lead')}>
      {register.isError && <Problem error={register.error} />}
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => register.mutate(fields)}>
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
          extra={t('register.passwordHelp')}
          rules={[{ required: true, min: 12, message: t('register.passwordHelp') }]}
        >
          <Input.Password autoComplete="new-password" size="large" />
        </Form.Item>
        <Form.Item name="name" label={t('register.name')}>
          <Input autoComplete="organization" size="large" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={register.isPending}>
          {t('register.submit')}
        </Button>
      </Form>
      <div style={{ marginBlockStart: 20 }}>
        <Link to={withNext('/sign-in', next)}>{t('register.toSignIn')}</Link>
      </div>
    </SignInCard>
  );
}
