// The steps of the older signature: one text of all parameters, one HMAC.

import { Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeV1, signV1Steps } from '../../../../src/samples/signature/v1.ts';
import type { Action } from '../../api/actions.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { MissingSecretId, NO_SECRET, type Secret, SecretFields } from './secret-fields.tsx';
import { NoWebCrypto } from './signature-panel.tsx';
import { hasWebCrypto, parametersOf, type Taken, type V1Method } from './signed-request.ts';
import { Made, Step } from './tc3-panel.tsx';

interface Props {
  readonly action: Action;
  readonly taken: Taken;
  readonly method: V1Method;
}

export function V1Panel({ action, taken, method }: Props) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<Secret>(NO_SECRET);
  const [signature, setSignature] = useState('');
  const steps = describeV1({
    ...{ method: 'POST', host: location.host, path: '/' },
    parameters: parametersOf(action, taken, secret.id, method),
  });
  const { sourceString } = steps;
  useEffect(() => {
    let isCurrent = true;
    setSignature('');
    if (secret.id !== '' && secret.key !== '' && hasWebCrypto())
      void signV1Steps(secret.key, { sorted: [], sourceString }, method).then(
        (made) => isCurrent && setSignature(made),
      );
    return () => {
      isCurrent = false;
    };
  }, [secret, sourceString, method]);
  return (
    <>
      <Step title={t('explorer.sourceString')} help={t('explorer.sourceHelp')} server={false}>
        <CodeBlock label={t('explorer.sourceString')} text={sourceString} />
      </Step>
      <Typography.Title level={3} className="part-title">
        {t('explorer.derived')}
      </Typography.Title>
      {hasWebCrypto() ? <SecretFields secret={secret} onChange={setSecret} /> : <NoWebCrypto />}
      {secret.key !== '' && secret.id === '' && <MissingSecretId text={t('explorer.signatureNeedsId')} />}
      {signature !== '' && <Made label={t('explorer.signatureValue')} text={signature} />}
    </>
  );
}
