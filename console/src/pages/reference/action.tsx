// The reference page of one action, made from the table of actions alone: nothing here is written for one of them.

import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { JsonObject } from '../../../../src/samples/index.ts';
import { type Action, type ActionTable, type Field, placedInputOf, useActions } from '../../api/actions.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Loading } from '../../parts/loading.tsx';
import { NotFound } from '../../parts/not-found.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { CodePanel } from '../explorer/code-panel.tsx';
import { ErrorTable } from './error-table.tsx';
import { Facts } from './facts.tsx';
import { FieldTable } from './field-table.tsx';
import { ResultTable } from './result-table.tsx';

export function Page() {
  const { protocol, action: name } = useParams();
  const table = useActions();
  if (table.isError) return <Problem error={table.error} retry={() => void table.refetch()} />;
  if (table.data === undefined) return <Loading />;
  const action = table.data.actions.find((one) => one.protocol === protocol && one.action === name);
  return action === undefined ? <NotFound /> : <Reference action={action} table={table.data} />;
}

function Reference({ action, table }: { readonly action: Action; readonly table: ActionTable }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const first = action.examples[0];
  const common = commonOf(action, table);
  return (
    <>
      <PageHead
        title={action.action}
        lead={pick(action.title)}
        actions={
          <Flex gap={8} wrap className="no-print">
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
              {t('reference.print')}
            </Button>
            <Link to={`/explorer?${new URLSearchParams({ action: action.action })}`}>
              <Button type="primary">{t('reference.tryIt')}</Button>
            </Link>
          </Flex>
        }
      />
      <Flex vertical gap={16}>
        <Facts action={action} dailyLimit={table.daily_limit} />
        <Part title={t('reference.input')}>
          {action.fields.length === 0 ? (
            <Typography.Paragraph>{t('explorer.noFields')}</Typography.Paragraph>
          ) : (
            <FieldTable fields={action.fields} />
          )}
          {common.length > 0 && (
            <>
              <Typography.Title level={3} className="part-title">
                {t('reference.commonParameters')}
              </Typography.Title>
              <FieldTable fields={common} />
            </>
          )}
        </Part>
        <Part title={t('reference.output')}>
          <FieldTable fields={action.output} />
        </Part>
        {action.results.length > 0 && (
          <Part title={t('reference.results')} lead={t('reference.resultsHelp')}>
            <ResultTable results={action.results} />
          </Part>
        )}
        <Part title={t('reference.examples')}>
          {action.examples.map(({ title, input, answer }) => (
            <div key={title.en}>
              <Typography.Title level={3} className="part-title">
                {pick(title)}
              </Typography.Title>
              <CodeBlock label={t('explorer.request')} text={requestText(action, input as JsonObject)} />
              {answer !== null && (
                <>
                  <Typography.Text type="secondary">{t('reference.sandboxAnswer')}</Typography.Text>
                  <CodeBlock label={t('explorer.answer')} text={JSON.stringify(answer, null, 2)} />
                </>
              )}
            </div>
          ))}
        </Part>
        {first !== undefined && (
          <Part title={t('reference.use')}>
            <CodePanel action={action} input={first.input as JsonObject} />
          </Part>
        )}
        {action.errors.length > 0 && (
          <Part title={t('reference.errors')} lead={t('reference.errorsHelp')}>
            <ErrorTable errors={action.errors} />
          </Part>
        )}
        <Part title={t('reference.commonErrors')} lead={t('reference.errorsHelp')}>
          <ErrorTable errors={table.errors[action.protocol] ?? []} />
        </Part>
      </Flex>
    </>
  );
}

/** What every call takes, in the words of this one. */
function commonOf({ protocol, action, version }: Action, table: ActionTable): readonly Field[] {
  const say = (text: string) => text.replaceAll('{action}', action).replaceAll('{version}', version);
  return (table.common[protocol] ?? []).map((field) => ({
    ...field,
    title: { en: say(field.title.en), zh: say(field.title.zh) },
  }));
}

/** The body; with its first line where not all goes into the body. */
function requestText(action: Action, input: JsonObject): string {
  const { path, body } = placedInputOf(action, input);
  const text = JSON.stringify(body, null, 2);
  return path === action.path ? text : `${action.method} ${path}\n\n${text}`;
}

interface PartProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function Part({ title, lead, children }: PartProps) {
  return (
    <Card>
      <Typography.Title level={2} style={{ fontSize: 18, marginBlock: '0 12px' }}>
        {title}
      </Typography.Title>
      {lead !== undefined && <Typography.Paragraph type="secondary">{lead}</Typography.Paragraph>}
      {children}
    </Card>
  );
}
