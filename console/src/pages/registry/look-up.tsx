// What the registry holds of one number. The number stands in no address, and whoever asks is written down.

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Answer, call } from '../../api/call.ts';
import { useFormats } from '../../parts/formats.ts';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useRowWords } from './row-words.ts';

interface Fields {
  readonly number: string;
}

export function Page() {
  const { t } = useTranslation();
  const lookUp = useMutation({
    mutationFn: ({ number }: Fields) =>
      call('POST /operator/numbers/look-up', { body: { number: number.trim() } }),
  });
  return (
    <>
      <Typography.Paragraph type="secondary">{t('operations.numbersLead')}</Typography.Paragraph>
      <Alert type="info" showIcon title={t('operations.numbersAudited')} style={{ marginBlockEnd: 16 }} />
      <Card style={{ marginBlockEnd: 16 }}>
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => lookUp.mutate(fields)}>
          <Form.Item
            name="number"
            label={t('operations.number')}
            style={{ maxWidth: 360 }}
            rules={[{ required: true, message: t('operations.needed') }]}
          >
            <Input type="tel" maxLength={32} autoComplete="off" placeholder="+8613800138000" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={lookUp.isPending}>
            {t('operations.lookUp')}
          </Button>
        </Form>
      </Card>
      {lookUp.isError && <Problem error={lookUp.error} />}
      {lookUp.data !== undefined && <Found found={lookUp.data} />}
    </>
  );
}

function Found({ found }: { readonly found: Answer<'POST /operator/numbers/look-up'> }) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const words = useRowWords();
  const yes = (is: boolean) => (is ? t('operations.yes') : t('operations.no'));
  const rows: readonly (readonly [string, string])[] = [
    [t('operations.status'), found.status === null ? t('common.none') : words.status(found.status)],
    [t('operations.carrier'), found.carrier === null ? t('common.none') : words.carrier(found.carrier)],
    [t('operations.activatedOn'), day(found.activated_on)],
    [t('operations.asOf'), day(found.as_of)],
    [t('operations.hasName'), yes(found.has_name)],
    [t('operations.hasIdCard'), yes(found.has_id_card)],
  ];
  return (
    <Card aria-live="polite">
      <Flex gap={10} align="center">
        <code className="value">{found.number}</code>
        <Mark tone={found.found ? 'good' : 'warning'}>
          {found.found ? t('operations.found') : t('operations.notFound')}
        </Mark>
      </Flex>
      {found.found && (
        <Descriptions
          column={1}
          size="small"
          bordered
          style={{ marginBlockStart: 16 }}
          items={rows.map(([label, children]) => ({ key: label, label, children }))}
        />
      )}
    </Card>
  );
}
