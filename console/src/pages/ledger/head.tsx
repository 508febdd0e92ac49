// The newest signed head, to be copied to where nobody can change it.

import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';

type State = Answer<'GET /operator/ledger'>;

interface Props {
  readonly head: State['head'];
  readonly publicKey: State['public_key'];
}

export function Head({ head, publicKey }: Props) {
  const { t } = useTranslation();
  const { time } = useFormats();
  return (
    <Card title={t('ledger.head')} style={{ marginBlockEnd: 16 }}>
      {head === null || head.seq === 0 ? (
        <Empty title={t('ledger.noHead')} text={t('ledger.noHeadText')} />
      ) : (
        <>
          <Typography.Paragraph type="secondary">{t('ledger.headText')}</Typography.Paragraph>
          <Copyable label={t('ledger.headLine')} value={`${head.seq}:${head.hash}`} />
          {publicKey !== null && <Copyable label={t('ledger.publicKey')} value={publicKey} />}
          <Typography.Text type="secondary">
            {t('ledger.headTime')} {time(head.time)}
          </Typography.Text>
        </>
      )}
    </Card>
  );
}
