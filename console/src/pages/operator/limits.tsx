// How much one account may call and spend; an empty field takes a limit away.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Col, Form, InputNumber, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { MoneyField } from '../../parts/money-field.tsx';
import { Problem } from '../../parts/problem.tsx';
import type { OperatedAccount } from './account.tsx';

const CAPS = {
  calls_per_day: 'operations.callsPerDay',
  calls_per_month: 'operations.callsPerMonth',
  minor_per_day: 'operations.moneyPerDay',
  minor_per_month: 'operations.moneyPerMonth',
} as const;
const OF_MONEY: readonly string[] = ['minor_per_day', 'minor_per_month'];
const LIMIT_MAX = 2_000_000_000;
type Limit = number | null;
type Fields = Readonly<Record<'rate' | 'daily' | keyof typeof CAPS, Limit>>;

export function Limits({ account }: { readonly account: OperatedAccount }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { account_id: id, caps } = account;
  const save = useMutation({
    mutationFn: ({ rate, daily, ...wanted }: Fields) =>
      call('PATCH /operator/accounts/{id}/limits', {
        path: { id },
        body: { rate_per_second: rate, daily_limit: daily, caps: wanted },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      message.success(t('operations.saved'));
    },
  });
  const field = (name: keyof Fields, label: string) => (
    <Col key={name} xs={24} sm={12} lg={8}>
      <Form.Item name={name} label={label}>
        {OF_MONEY.includes(name) ? (
          <MoneyField min={1} max={LIMIT_MAX} />
        ) : (
          <InputNumber min={1} max={LIMIT_MAX} precision={0} style={{ width: '100%' }} />
        )}
      </Form.Item>
    </Col>
  );
  const capOf = (name: keyof typeof CAPS): Limit => caps[name] ?? null;
  return (
    <Card title={t('operations.limits')}>
      {save.isError && <Problem error={save.error} />}
      <Typography.Paragraph type="secondary">{t('operations.limitsText')}</Typography.Paragraph>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{
          rate: account.rate_per_second,
          daily: account.daily_limit,
          calls_per_day: capOf('calls_per_day'),
          calls_per_month: capOf('calls_per_month'),
          minor_per_day: capOf('minor_per_day'),
          minor_per_month: capOf('minor_per_month'),
        }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Row gutter={16}>
          {field('rate', t('operations.rate'))}
          {field('daily', t('operations.dailyLimit'))}
          {(Object.keys(CAPS) as (keyof typeof CAPS)[]).map((name) => field(name, t(CAPS[name])))}
        </Row>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('operations.save')}
        </Button>
      </Form>
    </Card>
  );
}
