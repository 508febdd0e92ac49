// A new password, with the old one.

import { useMutation } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Problem } from '../../parts/problem.tsx';

interface Fields {
  readonly old_password: string;
  readonly new_password: string;
}

/** `email`: so that a password store knows whose password it is. */
export function Password({ email }: { readonly email: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: (body: Fields) => call('POST /people/password', { body }),
    onSuccess: () => {
      form.resetFields();
      message.success(t('account.passwordChanged'));
    },
  });
  const needed = [{ required: true, message: t('account.needed') }];
  return (
    <Card title={t('account.password')}>
      <Typography.Paragraph type="secondary">{t('account.passwordText')}</Typography.Paragraph>
      {change.isError && <Problem error={change.error} />}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 420 }}
        onFinish={(fields) => change.mutate(fields)}
      >
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <Form.Item name="old_password" label={t('account.oldPassword')} rules={needed}>
          <Input.Password maxLength={256} autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new_password"
          label={t('account.newPassword')}
          extra={t('register.passwordHelp')}
          rules={needed}
        >
          <Input.Password maxLength={256} autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('account.changePassword')}
        </Button>
      </Form>
    </Card>
  );
}
