// The ledger's entries as a file, streamed by the server: of which days, of which account, in which form.

import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, DatePicker, Flex, Form, Input, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const FORMATS = ['csv', 'ndjson'] as const;

export function Export() {
  const { t } = useTranslation();
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('csv');
  const [account, setAccount] = useState('');
  const [days, setDays] = useState<readonly (string | undefined)[]>([]);
  const [from, to] = days;
  const filters = { account_id: account.trim(), date_from: from, date_to: to };
  const pairs = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '') as [
    string,
    string,
  ][];
  const query = new URLSearchParams(pairs).toString();
  return (
    <Card title={t('ledger.export')}>
      <Typography.Paragraph type="secondary">{t('ledger.exportText')}</Typography.Paragraph>
      <Form layout="vertical" requiredMark={false}>
        <Flex gap="0 16px" wrap>
          <Form.Item label={t('ledger.period')} htmlFor="ledger-from">
            <DatePicker.RangePicker
              id={{ start: 'ledger-from', end: 'ledger-to' }}
              aria-label={t('ledger.period')}
              allowEmpty={[true, true]}
              onChange={(range) => setDays([0, 1].map((at) => range?.[at]?.format('YYYY-MM-DD')))}
            />
          </Form.Item>
          <Form.Item label={t('ledger.account')} htmlFor="ledger-account" extra={t('ledger.accountHelp')}>
            <Input
              id="ledger-account"
              value={account}
              maxLength={64}
              autoComplete="off"
              inputMode="numeric"
              onChange={({ target }) => setAccount(target.value)}
            />
          </Form.Item>
          <Form.Item label={t('ledger.format')}>
            <Segmented
              aria-label={t('ledger.format')}
              value={format}
              onChange={setFormat}
              options={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          </Form.Item>
        </Flex>
        <Button
          icon={<DownloadOutlined />}
          href={`/api/v1/operator/ledger/export/${format}${query === '' ? '' : `?${query}`}`}
          download
        >
          {t('ledger.download')}
        </Button>
      </Form>
    </Card>
  );
}
