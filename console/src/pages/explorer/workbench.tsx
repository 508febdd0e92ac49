// One call: its form, and below it what is made of the values: the call itself, its signature, its code.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Tabs, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { JsonObject } from '../../../../src/samples/index.ts';
import type { Action } from '../../api/actions.ts';
import { call } from '../../api/call.ts';
import type { Visitor } from '../../api/visitor.ts';
import { languageOf } from '../../i18n/language.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { signInAddress } from '../sign-in/next-address.ts';
import { AccountChoice } from '../usage/account-choice.tsx';
import { addressOf } from './action-words.ts';
import { useCallingAccount } from './calling-account.ts';
import { CodePanel } from './code-panel.tsx';
import { forgetDraft, holdDraft, readDraft } from './draft.ts';
import { EncryptionFields } from './encryption-fields.tsx';
import { Exchange } from './exchange.tsx';
import { exampleOf, explorerAddress, readFields, writeFields } from './form-address.ts';
import { FormFields } from './form-fields.tsx';
import { inputOf, type Values } from './form-values.ts';
import { KeyChoice, useKeys } from './key-choice.tsx';
import { SignaturePanel } from './signature-panel.tsx';
import { useFormAddress } from './use-form-address.ts';

interface Props {
  readonly action: Action;
  readonly kind: Visitor['kind'];
  /** The sandbox's input that the address names, to begin with instead of an example. */
  readonly documented: Values | undefined;
}

interface Shape {
  readonly values?: Values;
}

export function Workbench({ action, kind, documented }: Props) {
  const { t, i18n } = useTranslation();
  const pick = useBilingual();
  const navigate = useNavigate();
  const address = useFormAddress(action);
  const client = useQueryClient();
  const [form] = Form.useForm<Shape>();
  const begunWith = (search: URLSearchParams): Values => {
    if (documented !== undefined && search.has('sandbox')) return documented;
    return (action.examples[exampleOf(search) ?? 0] ?? action.examples[0])?.input ?? {};
  };
  const [initial] = useState<Values>(() => {
    const search = new URLSearchParams(location.search);
    return readDraft(action.action) ?? { ...begunWith(search), ...readFields(action, search) };
  });
  useEffect(forgetDraft, []);
  const values = Form.useWatch('values', form) ?? initial;
  const input = inputOf(action.fields, values);
  // Read from the address itself: it names a chosen example before this is drawn again.
  const partsNow = () => {
    const search = new URLSearchParams(location.search);
    return {
      example: exampleOf(search)?.toString(),
      sandbox: search.get('sandbox') ?? undefined,
      ...writeFields(action, form.getFieldValue('values') ?? {}, begunWith(search)),
    };
  };
  const [tab, setTab] = useState('call');
  const [keyId, setKeyId] = useState<string>();
  const calling = useCallingAccount(kind === 'operator');
  const account = calling.account?.id;
  const keys = useKeys(kind, account);
  const key =
    keys.data?.find(({ id }) => id === keyId) ??
    (keyId === undefined ? keys.data?.find(({ sandbox }) => sandbox) : undefined);

  const run = useMutation({
    mutationFn: (asked: JsonObject) =>
      call('POST /explorer/calls', {
        body: {
          ...(account === undefined ? {} : { account_id: account }),
          credential_id: key?.id ?? '',
          protocol: action.protocol,
          action: action.action,
          input: asked,
          language: languageOf(i18n.language) === 'zh' ? 'zh-CN' : 'en-US',
          endpoint: `${location.origin}/`,
        },
      }),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.has(queryKey[0]) }),
  });
  const goToSignIn = () => {
    holdDraft(action.action, form.getFieldValue('values') ?? {});
    navigate(signInAddress(explorerAddress(action, partsNow())));
  };

  return (
    <Flex vertical gap={16}>
      <Card>
        <Head
          action={action}
          link={() => `${location.origin}/console${explorerAddress(action, partsNow())}`}
        />
        <Typography.Paragraph>{pick(action.title)}</Typography.Paragraph>
        {action.examples.length > 0 && action.fields.length > 0 && (
          <Flex gap={8} wrap align="center" style={{ marginBlockEnd: 16 }}>
            <Typography.Text type="secondary">{t('explorer.examples')}</Typography.Text>
            {action.examples.map(({ title, input: shown }, place) => (
              <Button
                key={title.en}
                size="small"
                onClick={() => {
                  form.resetFields();
                  form.setFieldsValue({
                    values: {
                      ...Object.fromEntries(action.fields.map(({ name }) => [name, undefined])),
                      ...shown,
                    },
                  });
                  address.replace({ example: String(place), ...writeFields(action, shown, shown) });
                }}
              >
                {pick(title)}
              </Button>
            ))}
          </Flex>
        )}
        <Form<Shape>
          form={form}
          layout="vertical"
          autoComplete="off"
          initialValues={{ values: initial }}
          onValuesChange={() => address.replaceSoon(partsNow)}
          onFinish={(filled) => {
            setTab('call');
            if (kind !== 'nobody') run.mutate(inputOf(action.fields, filled.values));
            else goToSignIn();
          }}
        >
          {action.fields.length === 0 && (
            <Typography.Paragraph type="secondary">{t('explorer.noFields')}</Typography.Paragraph>
          )}
          <FormFields fields={action.fields.filter(({ seals }) => seals !== true)} at={['values']} />
          <EncryptionFields fields={action.fields} at={['values']} initial={initial} />
          {kind === 'operator' && (
            <Form.Item label={t('usage.account')} extra={t('explorer.accountHelp')} required>
              <AccountChoice
                value={account}
                known={calling.account}
                onChange={(id) => {
                  calling.choose(id);
                  setKeyId(undefined);
                }}
              />
            </Form.Item>
          )}
          {kind !== 'nobody' && <KeyChoice keys={keys} chosen={key} onChoose={setKeyId} account={account} />}
          {kind === 'nobody' && (
            <Button type="primary" onClick={goToSignIn}>
              {t('explorer.signInToSend')}
            </Button>
          )}
          {kind !== 'nobody' && (
            <Button type="primary" htmlType="submit" loading={run.isPending} disabled={key === undefined}>
              {t('explorer.send')}
            </Button>
          )}
        </Form>
      </Card>
      <Card styles={{ body: { paddingBlockStart: 8 } }}>
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            {
              key: 'call',
              label: t('explorer.call'),
              children: (
                <>
                  {run.isError && <Problem error={run.error} />}
                  {run.data !== undefined && <Exchange key={run.data.request_id} made={run.data} />}
                  {run.data === undefined && !run.isError && (
                    <Empty title={t('explorer.waiting')} text={t('explorer.waitingText')} />
                  )}
                </>
              ),
            },
            {
              key: 'signature',
              label: t('explorer.signature'),
              children: <SignaturePanel action={action} input={input} isSignedIn={kind !== 'nobody'} />,
            },
            {
              key: 'code',
              label: t('explorer.code'),
              children: <CodePanel action={action} input={input} />,
            },
          ]}
        />
      </Card>
    </Flex>
  );
}

/** What a call changes on other pages. */
const CHANGED = new Set<unknown>(['usage', 'balance', 'aggregate', 'keys', 'failures', 'funds-left']);

function Head({ action, link }: { readonly action: Action; readonly link: () => string }) {
  const { t } = useTranslation();
  return (
    <Flex wrap gap="4px 16px" justify="space-between" align="center" style={{ marginBlockEnd: 4 }}>
      <Typography.Title level={2} style={{ fontSize: 20, margin: 0, overflowWrap: 'anywhere' }}>
        <Breakable text={action.action} />
      </Typography.Title>
      <Flex gap={16} align="center">
        <Link to={addressOf(action)}>{t('explorer.reference')}</Link>
        <Link to={`/sandbox?${new URLSearchParams({ action: action.action })}`}>{t('nav.sandbox')}</Link>
        <Typography.Text copyable={{ text: link, tooltips: [t('explorer.linkHelp'), t('common.copied')] }}>
          {t('explorer.copyLink')}
        </Typography.Text>
      </Flex>
    </Flex>
  );
}
