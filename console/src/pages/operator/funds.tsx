// Money and free calls of one account, and giving it more. An answer that was lost does not give twice: each opened form has a
// key of its own.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Col, Flex, Form, Input, InputNumber, Modal, Row, Select, Statistic } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { MoneyField } from '../../parts/money-field.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useServiceTitles } from '../services/service-titles.ts';
import type { OperatedAccount } from './account.tsx';

const SERVICES = ['line-status', 'line-tenure', 'identity-match', 'contact-verification'] as const;
const AMOUNT_MAX = 1_000_000_000_000;

type Gift = 'topUp' | 'grant';
interface Fields {
  readonly amount: number;
  readonly services?: readonly (typeof SERVICES)[number][];
  readonly reference?: string;
}

function drawKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export function Funds({ account }: { readonly account: OperatedAccount }) {
  const { t } = useTranslation();
  const { number, money } = useFormats();
  const serviceTitle = useServiceTitles();
  const [gift, setGift] = useState<{ readonly kind: Gift; readonly key: string }>();
  const give = (kind: Gift) => setGift({ kind, key: drawKey() });
  const quota = Object.entries(account.quota as Readonly<Record<string, number>>);
  return (
    <Card
      title={t('operations.funds')}
      extra={
        <Flex gap={8} wrap>
          <Button onClick={() => give('topUp')}>{t('operations.topUp')}</Button>
          <Button onClick={() => give('grant')}>{t('operations.grant')}</Button>
        </Flex>
      }
      styles={{ header: { flexWrap: 'wrap', paddingBlock: 8 } }}
    >
      <Row gutter={[16, 16]}>
        <Col xs={24} sm={12} lg={6}>
          <Statistic title={t('operations.balance')} value={money(account.balance)} />
        </Col>
        {quota.map(([service, calls]) => (
          <Col key={service} xs={24} sm={12} lg={6}>
            <Statistic
              title={t('operations.freeCalls', { service: serviceTitle(service) })}
              value={number(calls)}
            />
          </Col>
        ))}
      </Row>
      <Modal
        open={gift !== undefined}
        title={
          gift === undefined
            ? ''
            : t('common.titled', { title: t(`operations.${gift.kind}`), of: account.name })
        }
        okText={gift === undefined ? '' : t(`operations.${gift.kind}`)}
        okButtonProps={{ htmlType: 'submit', form: 'gift' }}
        onCancel={() => setGift(undefined)}
        destroyOnHidden
      >
        {gift !== undefined && (
          <GiftForm
            id={account.account_id}
            kind={gift.kind}
            idempotencyKey={gift.key}
            onDone={() => setGift(undefined)}
          />
        )}
      </Modal>
    </Card>
  );
}

interface GiftProps {
  readonly id: string;
  readonly kind: Gift;
  readonly idempotencyKey: string;
  readonly onDone: () => void;
}

function GiftForm({ id, kind, idempotencyKey, onDone }: GiftProps) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const serviceTitle = useServiceTitles();
  const { message } = App.useApp();
  const client = useQueryClient();
  const give = useMutation({
    mutationFn: ({ amount, services = [], reference }: Fields) => {
      const path = { id };
      const headers = { 'Idempotency-Key': idempotencyKey };
      const terms = reference === undefined || reference === '' ? {} : { reference };
      return kind === 'topUp'
        ? call('POST /operator/accounts/{id}/top-up', { path, body: { amount, ...terms } }, headers)
        : call(
            'POST /operator/accounts/{id}/quota',
            { path, body: { services, calls: amount, ...terms } },
            headers,
          );
    },
    onSuccess: async ({ balance }) => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      message.success(t('operations.granted', { balance: money(balance) }));
      onDone();
    },
  });
  const needed = [{ required: true, message: t('operations.needed') }];
  return (
    <Form<Fields>
      id="gift"
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => give.mutate(fields)}
      disabled={give.isPending}
    >
      {give.isError && <Problem error={give.error} />}
      {kind === 'grant' && (
        <Form.Item name="services" label={t('operations.services')} rules={needed}>
          <Select
            mode="multiple"
            options={SERVICES.map((value) => ({ value, label: serviceTitle(value) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="amount"
        label={kind === 'topUp' ? t('operations.amount') : t('operations.calls')}
        rules={needed}
      >
        {kind === 'topUp' ? (
          <MoneyField min={1} max={AMOUNT_MAX} autoFocus />
        ) : (
          <InputNumber min={1} max={AMOUNT_MAX} precision={0} style={{ width: '100%' }} autoFocus />
        )}
      </Form.Item>
      <Form.Item name="reference" label={t('operations.reference')} extra={t('operations.referenceHelp')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </Form>
  );
}
