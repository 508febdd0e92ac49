// The signature doctor: a failing request that is pasted, or one of the recent failures, step by step.

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Typography } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useVisitor } from '../../api/visitor.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { AccountLink } from '../usage/account-link.tsx';
import { Failures } from './failures.tsx';
import { type PastedRequest, readPasted } from './pasted-request.ts';
import { Verdicts } from './verdicts.tsx';

const PLACEHOLDER = `POST / HTTP/1.1
Host: ${location.host}
Content-Type: application/json
X-TC-Action: MobileStatus
X-TC-Version: 2018-03-01
X-TC-Timestamp: …
Authorization: TC3-HMAC-SHA256 Credential=…, SignedHeaders=content-type;host, Signature=…

{"Mobile":"…"}`;

export function Page() {
  const { t } = useTranslation();
  const isOperator = useVisitor()?.kind === 'operator';
  const id = useId();
  const [text, setText] = useState('');
  const [isUnreadable, setUnreadable] = useState(false);
  const examine = useMutation({
    mutationFn: (request: PastedRequest) => call('POST /explorer/diagnoses', { body: { request } }),
    // What was pasted may be personal.
    gcTime: 0,
  });
  const begin = () => {
    const request = readPasted(text);
    setUnreadable(request === undefined);
    examine.reset();
    if (request !== undefined) examine.mutate(request);
  };
  return (
    <>
      <PageHead title={t('doctor.title')} lead={t(isOperator ? 'doctor.leadOfAll' : 'doctor.lead')} />
      <Flex vertical gap={16}>
        <Card title={t('doctor.paste')}>
          <label htmlFor={id} className="skip-link">
            {t('doctor.request')}
          </label>
          <Input.TextArea
            id={id}
            className="pasted"
            rows={11}
            autoComplete="off"
            spellCheck={false}
            maxLength={130_000}
            placeholder={PLACEHOLDER}
            value={text}
            onChange={({ target }) => setText(target.value)}
            aria-describedby={`${id}-help`}
          />
          <Typography.Paragraph id={`${id}-help`} type="secondary" style={{ marginBlock: '8px 12px' }}>
            {t('doctor.pasteHelp')}
          </Typography.Paragraph>
          <Button type="primary" onClick={begin} loading={examine.isPending} disabled={text.trim() === ''}>
            {t('doctor.examine')}
          </Button>
          <div className="finding">
            {isUnreadable && <Alert type="error" showIcon role="alert" title={t('doctor.unreadable')} />}
            {examine.isError && <Problem error={examine.error} />}
            {examine.data?.account != null && (
              <Typography.Paragraph>
                {t('usage.account')}: <AccountLink account={examine.data.account} />
              </Typography.Paragraph>
            )}
            {examine.data !== undefined && <Verdicts diagnosis={examine.data} />}
          </div>
        </Card>
        <Failures isOperator={isOperator} />
      </Flex>
    </>
  );
}
