// The services, readable for everybody.

import { useQuery } from '@tanstack/react-query';
import { Card, Col, Flex, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/call.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useServiceWords } from './service-words.ts';

export function Page() {
  const { t } = useTranslation();
  const words = useServiceWords();
  const services = useQuery({
    queryKey: ['services'],
    queryFn: () => call('GET /services', { query: { limit: 100 } }),
  });

  return (
    <>
      <PageHead
        title={t('services.title')}
        lead={t('services.lead')}
        actions={
          <Flex gap="8px 20px" wrap>
            <Link to="/number-ranges">{t('services.ranges')}</Link>
            <a href="/openapi.json">{t('services.reference')}</a>
          </Flex>
        }
      />
      {services.isError && <Problem error={services.error} retry={() => void services.refetch()} />}
      {services.isPending && <Loading />}
      {services.data?.count === 0 && <Empty title={t('services.empty')} />}
      <Row gutter={[16, 16]}>
        {services.data?.items.map((service) => (
          <Col key={service.id} xs={24} md={12}>
            <Link to={`/services/${service.alias}`} style={{ display: 'block', height: '100%' }}>
              <Card hoverable style={{ height: '100%' }}>
                <Flex justify="space-between" align="flex-start" gap={12}>
                  <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
                    {words.title(service)}
                  </Typography.Title>
                  {service.applied && <Mark tone="good">{t('services.acquired')}</Mark>}
                </Flex>
                <Typography.Paragraph style={{ marginBlock: '10px 14px' }}>
                  {words.question(service.alias)}
                </Typography.Paragraph>
                <Typography.Text type="secondary">
                  {t('services.free', { count: service.free_amount })}
                </Typography.Text>
              </Card>
            </Link>
          </Col>
        ))}
      </Row>
    </>
  );
}
