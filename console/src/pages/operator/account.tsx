// One account as operators see it: state, holder, funds, limits, keys. Opening it is an act in the audit log.

import { useQuery } from '@tanstack/react-query';
import { Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Answer, call } from '../../api/call.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useServiceTitles } from '../services/service-titles.ts';
import { ACCOUNT_TONES, AccountButtons } from './account-actions.tsx';
import { Credentials } from './credentials.tsx';
import { Funds } from './funds.tsx';
import { Holder } from './holder.tsx';
import { Limits } from './limits.tsx';

export type OperatedAccount = Answer<'GET /operator/accounts/{id}'>;

export function Page() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const serviceTitle = useServiceTitles();
  const account = useQuery({
    queryKey: ['accounts', 'one', id],
    queryFn: () => call('GET /operator/accounts/{id}', { path: { id } }),
  });
  const { data } = account;
  return (
    <>
      <PageHead
        title={data?.name ?? t('accounts.id')}
        lead={
          <Flex wrap gap="6px 10px" align="center" component="span">
            <Link to="/accounts">{t('accounts.title')}</Link>
            <span className="figures">{id}</span>
            {data !== undefined && (
              <Mark tone={ACCOUNT_TONES[data.state]}>{t(`accounts.${data.state}`)}</Mark>
            )}
            {data?.sandbox === true && <Mark tone="trial">{t('keys.sandbox')}</Mark>}
            {data?.services.map((service) => (
              <Tag key={service} variant="outlined">
                {serviceTitle(service)}
              </Tag>
            ))}
          </Flex>
        }
        actions={data !== undefined && <AccountButtons account={data} />}
      />
      {account.isPending && <Loading />}
      {account.isError && <Problem error={account.error} retry={() => void account.refetch()} />}
      {data !== undefined && (
        <Flex vertical gap={16}>
          {!data.sandbox && <Funds account={data} />}
          <Limits key={JSON.stringify([data.rate_per_second, data.daily_limit, data.caps])} account={data} />
          <Credentials id={id} sandbox={data.sandbox} />
          {!data.sandbox && <Holder account={data} />}
        </Flex>
      )}
    </>
  );
}
