// The fields of what a key may use: charged calls in its life, calls and money a day and a month, and until when.

import { Col, DatePicker, Form, InputNumber, Row } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoneyField } from '../../parts/money-field.tsx';
import { CAP_NAMES } from './key-changes.ts';

const CAPS = {
  calls_per_day: 'operations.callsPerDay',
  calls_per_month: 'operations.callsPerMonth',
  minor_per_day: 'operations.moneyPerDay',
  minor_per_month: 'operations.moneyPerMonth',
} as const satisfies Record<(typeof CAP_NAMES)[number], string>;
const OF_MONEY: readonly string[] = ['minor_per_day', 'minor_per_month'];
const LIMIT_MAX = 2_000_000_000;

export function KeyLimits() {
  const { t } = useTranslation();
  return (
    <Row gutter={16}>
      <Col xs={24} sm={12}>
        <Form.Item name="limit" label={t('keys.limit')}>
          <InputNumber min={0} precision={0} placeholder={t('keys.unlimited')} style={{ width: '100%' }} />
        </Form.Item>
      </Col>
      <Col xs={24} sm={12}>
        <Form.Item name="expires" label={t('keys.expires')}>
          <DatePicker showTime style={{ width: '100%' }} placeholder={t('common.never')} />
        </Form.Item>
      </Col>
      {CAP_NAMES.map((name) => (
        <Col key={name} xs={24} sm={12}>
          <Form.Item name={name} label={t(CAPS[name])}>
            {OF_MONEY.includes(name) ? (
              <MoneyField min={0} max={LIMIT_MAX} placeholder={t('keys.unlimited')} />
            ) : (
              <InputNumber
                min={0}
                max={LIMIT_MAX}
                precision={0}
                placeholder={t('keys.unlimited')}
                style={{ width: '100%' }}
              />
            )}
          </Form.Item>
        </Col>
      ))}
    </Row>
  );
}
