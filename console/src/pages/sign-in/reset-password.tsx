// A new password for somebody who forgot the old one: address, mailed code, new password.

import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call } from '../../api/call.ts';
import { languageOf } from '../../i18n/language.ts';
import { Problem } from '../../parts/problem.tsx';
import { SignInCard } from './card.tsx';
import { nextIn, withNext } from './next-address.ts';

interface Renewal {
  readonly code: string;
  readonly newPassword: string;
}

export function Page() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [email, setEmail] = useState<string>();
  const back = withNext('/sign-in', nextIn(search));

  const ask = useMutation({
    mutationFn: (asked: { readonly email: string }) =>
      call('POST /people/password/reset-request', {
        body: { ...asked, language: languageOf(i18n.language) },
      }),
    onSuccess: (_, asked) => setEmail(asked.email),
  });
  const renew = useMutation({
    mutationFn: ({ code, newPassword }: Renewal) =>
      call('POST /people/password/reset', {
        body: { email: email ?? '', code: code.trim(), new_password: newPassword },
      }),
    onSuccess: () => {
      message.success(t('reset.done'));
      navigate(back);
    },
  });

  return (
    <SignInCard
      title={t('reset.title')}
      lead={email === undefined ? t('reset.lead') : t('register.codeLead', { email })}
    >
      {(ask.isError || renew.isError) && <Problem error={renew.error ?? ask.error} />}
      {email === undefined ? (
        <Form<{ email: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(fields) => ask.mutate(fields)}
        >
          <Form.Item
            name="email"
            label={t('signIn.email')}
            rules={[{ required: true, message: t('signIn.email') }]}
          >
            <Input type="email" autoComplete="username" size="large" autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending}>
            {t('reset.submit')}
          </Button>
        </Form>
      ) : (
        <Form<Renewal> layout="vertical" requiredMark={false} onFinish={(fields) => renew.mutate(fields)}>
          <Form.Item
            name="code"
            label={t('register.code')}
            rules={[{ required: true, message: t('register.code') }]}
          >
            <Input autoComplete="one-time-code" inputMode="numeric" size="large" autoFocus />
          </Form.Item>
          <Form.Item
            name="newPassword"
            label={t('reset.newPassword')}
            extra={t('register.passwordHelp')}
            rules={[{ required: true, min: 12, message: t('register.passwordHelp') }]}
          >
            <Input.Password autoComplete="new-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={renew.isPending}>
            {t('reset.confirm')}
          </Button>
        </Form>
      )}
      <div style={{ marginBlockStart: 20 }}>
        <Link to={back}>{t('common.back')}</Link>
      </div>
    </SignInCard>
  );
}
