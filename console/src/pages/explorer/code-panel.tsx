// Code of one call in every language that there is: exactly the values given, secrets as environment variables.

import { Flex, Segmented, Select, Typography } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type JsonObject,
  listSamples,
  type SampleCall,
  type SampleKind,
  writeSample,
} from '../../../../src/samples/index.ts';
import type { Action } from '../../api/actions.ts';
import { placedInputOf } from '../../api/actions.ts';
import { languageOf } from '../../i18n/language.ts';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Mark } from '../../parts/mark.tsx';

const VARIABLES = {
  signed: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'],
  bearer: ['LINEPROOF_TOKEN'],
} as const;

function sampleCallOf(action: Action, input: JsonObject, language: 'en-US' | 'zh-CN'): SampleCall {
  const endpoint = `${location.origin}/`;
  return action.protocol === 'tencent'
    ? {
        kind: 'signed',
        ...{ endpoint, product: action.product, version: action.version, action: action.action },
        ...{ input, language },
      }
    : { kind: 'bearer', endpoint, method: 'POST', ...placedInputOf(action, input) };
}

interface Props {
  readonly action: Action;
  readonly input: JsonObject;
}

export function CodePanel({ action, input }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const call = sampleCallOf(action, input, languageOf(i18n.language) === 'zh' ? 'zh-CN' : 'en-US');
  const kinds = listSamples(call.kind);
  const [language, setLanguage] = useState<SampleKind['language']>('curl');
  const [wanted, setMeans] = useState<SampleKind['means']>('plain');
  const means = kinds.filter((one) => one.language === language).map((one) => one.means);
  const kind =
    kinds.find((one) => one.language === language && one.means === wanted) ??
    kinds.find((one) => one.language === language) ??
    kinds[0];
  if (kind === undefined) return null;
  const languages = new Map(kinds.map((one) => [one.language, one.title]));
  const about: readonly (readonly [string, string])[] = [
    [t('explorer.saveAs'), kind.fileName],
    [t('explorer.before'), kind.install],
    [t('explorer.runIt'), kind.run],
  ];
  return (
    <>
      <Flex gap="8px 16px" wrap align="center" style={{ marginBlockEnd: 12 }} className="no-print">
        <label htmlFor={id}>{t('explorer.language')}</label>
        <Select
          id={id}
          style={{ minWidth: 120 }}
          value={kind.language}
          onChange={setLanguage}
          options={[...languages].map(([value, label]) => ({ value, label }))}
        />
        {means.length > 1 && (
          <Segmented
            aria-label={t('explorer.means')}
            value={kind.means}
            onChange={setMeans}
            options={means.map((value) => ({ value, label: t(`explorer.${value}`) }))}
          />
        )}
        <Mark tone={kind.executed ? 'good' : 'plain'}>
          {t(kind.executed ? 'explorer.executed' : 'explorer.notExecuted')}
        </Mark>
      </Flex>
      <Typography.Paragraph type="secondary">
        {t('explorer.codeHelp')} <code>{VARIABLES[call.kind].join(', ')}</code>
      </Typography.Paragraph>
      <div data-sample={`${kind.language}-${kind.means}`}>
        <CodeBlock label={kind.title} text={writeSample(call, kind.language, kind.means)} />
      </div>
      <dl className="facts">
        {about
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code className="value">{value}</code>
              </dd>
            </div>
          ))}
      </dl>
    </>
  );
}
