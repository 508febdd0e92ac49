// The steps of TC3-HMAC-SHA256.

import { Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signTc3Steps, type Tc3Signed, type Tc3Steps } from '../../../../src/samples/signature/tc3.ts';
import type { Action } from '../../api/actions.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { MissingSecretId, NO_SECRET, type Secret, SecretFields } from './secret-fields.tsx';
import { MadeBy, NoWebCrypto } from './signature-panel.tsx';
import { hasWebCrypto, type Taken, useTc3Steps } from './signed-request.ts';

interface Props {
  readonly action: Action;
  readonly taken: Taken;
  readonly isSignedIn: boolean;
}

export function Tc3Panel({ action, taken, isSignedIn }: Props) {
  const { t } = useTranslation();
  const steps = useTc3Steps(action, taken, isSignedIn);
  if (!isSignedIn && !hasWebCrypto())
    return <Typography.Paragraph>{t('explorer.signInForSteps')}</Typography.Paragraph>;
  if (steps.isError) return <Problem error={steps.error} retry={() => void steps.refetch()} />;
  if (steps.data === undefined) return <Loading />;
  return (
    <>
      <Step title={t('explorer.canonicalRequest')} help={t('explorer.canonicalHelp')} server={isSignedIn}>
        <CodeBlock label={t('explorer.canonicalRequest')} text={steps.data.canonicalRequest} />
      </Step>
      <Step title={t('explorer.stringToSign')} help={t('explorer.stringHelp')} server={isSignedIn}>
        <CodeBlock label={t('explorer.stringToSign')} text={steps.data.stringToSign} />
      </Step>
      <Typography.Title level={3} className="part-title">
        {t('explorer.derived')}
      </Typography.Title>
      {hasWebCrypto() ? <Derived steps={steps.data} service={action.product} /> : <NoWebCrypto />}
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly help: string;
  readonly server: boolean;
  readonly children: React.ReactNode;
}

export function Step({ title, help, server, children }: StepProps) {
  return (
    <>
      <Typography.Title level={3} className="part-title">
        {title}
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ marginBlockEnd: 8 }}>
        {help} <MadeBy server={server} />
      </Typography.Paragraph>
      {children}
    </>
  );
}

function Derived({ steps, service }: { readonly steps: Tc3Steps; readonly service: string }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<Secret>(NO_SECRET);
  const [signed, setSigned] = useState<Tc3Signed>();
  useEffect(() => {
    let isCurrent = true;
    setSigned(undefined);
    if (secret.key !== '')
      void signTc3Steps(secret.id, secret.key, steps, service).then((made) => isCurrent && setSigned(made));
    return () => {
      isCurrent = false;
    };
  }, [secret, steps, service]);
  return (
    <>
      <SecretFields secret={secret} onChange={setSecret} />
      {signed !== undefined && (
        <>
          <Made label={t('explorer.secretDate')} text={signed.secretDate} />
          <Made label={t('explorer.secretService')} text={signed.secretService} />
          <Made label={t('explorer.secretSigning')} text={signed.secretSigning} />
          <Made label={t('explorer.signatureValue')} text={signed.signature} />
          {secret.id === '' ? (
            <MissingSecretId text={t('explorer.headerNeedsId')} />
          ) : (
            <Made label={t('explorer.authorization')} text={signed.authorization} />
          )}
        </>
      )}
    </>
  );
}

export function Made({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <CodeBlock label={label} text={text} />
    </>
  );
}
