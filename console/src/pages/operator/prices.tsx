// What calls cost; a change asks first, because it is charged from that moment.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { Loading } from '../../parts/loading.tsx';
import { MoneyField } from '../../parts/money-field.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';

type Prices = Answer<'GET /operator/prices'>;
const KEY = ['prices'];
const PRICE_MAX = 1_000_000_000;
const LABELS = {
  'line-status': 'operations.price_line_status',
  'line-tenure': 'operations.price_line_tenure',
  'identity-match': 'operations.price_identity_match',
  'identity-match-detailed': 'operations.price_identity_match_detailed',
  'name-match': 'operations.price_name_match',
  'code-send': 'operations.price_code_send',
} as const satisfies Record<keyof Prices, string>;

export function Page() {
  const { t } = useTranslation();
  const prices = useQuery({ queryKey: KEY, queryFn: () => call('GET /operator/prices', {}) });
  return (
    <>
      <PageHead title={t('operations.prices')} lead={t('operations.pricesLead')} />
      {prices.isPending && <Loading />}
      {prices.isError && <Problem error={prices.error} retry={() => void prices.refetch()} />}
      {prices.data !== undefined && <PriceForm prices={prices.data} />}
    </>
  );
}

function PriceForm({ prices }: { readonly prices: Prices }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Prices>();
  const save = useMutation({
    mutationFn: (body: Prices) => call('PATCH /operator/prices', { body }),
    onSuccess: (after) => {
      client.setQueryData(KEY, after);
      form.setFieldsValue(after);
      message.success(t('operations.saved'));
    },
  });
  const ask = (fields: Prices) => {
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name, price]) => price !== (prices[name as keyof Prices] ?? null)),
    );
    if (Object.keys(changed).length === 0) return;
    modal.confirm({
      title: t('operations.pricesTitle'),
      content: t('operations.pricesText'),
      okText: t('operations.change'),
      onOk: () => save.mutateAsync(changed).catch(() => {}),
    });
  };
  return (
    <Card style={{ maxWidth: 520 }}>
      {save.isError && <Problem error={save.error} />}
      <Form<Prices> form={form} layout="vertical" requiredMark={false} initialValues={prices} onFinish={ask}>
        {(Object.keys(LABELS) as (keyof Prices)[]).map((name) => (
          <Form.Item key={name} name={name} label={t(LABELS[name])}>
            <MoneyField min={0} max={PRICE_MAX} placeholder={t('operations.priceHelp')} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('operations.save')}
        </Button>
      </Form>
    </Card>
  );
}
