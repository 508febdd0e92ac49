// How a call is signed, step by step. What is signed comes from the server; keys and signature are made in this browser alone,
// from a secret that is typed here, held by this part of the page, and gone with it.

import { Alert, Button, Flex, Grid, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '../../../../src/samples/index.ts';
import type { Action } from '../../api/actions.ts';
import { Empty } from '../../parts/empty.tsx';
import { useFormats } from '../../parts/formats.ts';
import { type Taken, takeRequest, type V1Method } from './signed-request.ts';
import { Tc3Panel } from './tc3-panel.tsx';
import { V1Panel } from './v1-panel.tsx';

interface Props {
  readonly action: Action;
  readonly input: JsonObject;
  readonly isSignedIn: boolean;
}

const TC3 = 'TC3-HMAC-SHA256';
const METHODS = [TC3, 'HmacSHA256', 'HmacSHA1'] as const;

export function SignaturePanel(props: Props) {
  const { t } = useTranslation();
  if (props.action.protocol !== 'tencent')
    return <Empty title={t('explorer.bearerOnly')} text={t('explorer.bearerText')} />;
  return <Signed {...props} />;
}

function Signed({ action, input, isSignedIn }: Props) {
  const { t } = useTranslation();
  const { time } = useFormats();
  const isWide = Grid.useBreakpoint().sm === true;
  const [method, setMethod] = useState<typeof TC3 | V1Method>(TC3);
  const [taken, setTaken] = useState<Taken>(() => takeRequest(input));
  const isChanged = JSON.stringify(input) !== taken.body;
  return (
    <>
      <Flex wrap gap="8px 16px" align="center" justify="space-between" style={{ marginBlockEnd: 12 }}>
        <Segmented
          aria-label={t('explorer.method')}
          vertical={!isWide}
          value={method}
          onChange={setMethod}
          options={[...METHODS]}
        />
        <Button size="small" onClick={() => setTaken(takeRequest(input))}>
          {t('explorer.takeForm')}
        </Button>
      </Flex>
      <Typography.Paragraph type="secondary">
        {t('explorer.taken', { time: time(new Date(taken.timestamp * 1000).toISOString()) })}{' '}
        {isChanged && <strong>{t('explorer.formChanged')}</strong>}
      </Typography.Paragraph>
      {method === TC3 ? (
        <Tc3Panel action={action} taken={taken} isSignedIn={isSignedIn} />
      ) : (
        <V1Panel key={method} action={action} taken={taken} method={method} />
      )}
    </>
  );
}

/** Where it was made, so that nobody has to guess. */
export function MadeBy({ server }: { readonly server: boolean }) {
  const { t } = useTranslation();
  return (
    <Typography.Text type="secondary">
      {t(server ? 'explorer.fromServer' : 'explorer.fromBrowser')}
    </Typography.Text>
  );
}

export function NoWebCrypto() {
  const { t } = useTranslation();
  return <Alert type="warning" showIcon title={t('explorer.noWebCrypto')} />;
}
