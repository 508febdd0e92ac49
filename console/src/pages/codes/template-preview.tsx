// What a text becomes, from the server, a moment after the last letter was typed.

import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Form, type FormInstance, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Loading } from '../../parts/loading.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Problem } from '../../parts/problem.tsx';
import type { Template } from './templates.tsx';

const AFTER_MS = 300;

export function hasCodeOnce(text: string | undefined): boolean {
  return text?.split('{code}').length === 2;
}

/** It is shown on locked screens. */
export function isSubject(subject: string | undefined = ''): boolean {
  return subject.trim() !== '' && !subject.includes('{code}');
}

/** subject: of mails only. */
export type TemplateFields = Pick<Template, 'name' | 'kind' | 'language' | 'text'> & {
  readonly subject?: string;
};

export function TemplatePreview({ form }: { readonly form: FormInstance<TemplateFields> }) {
  const { t } = useTranslation();
  const {
    kind = 'phone',
    language = 'en',
    subject = '',
    text = '',
  }: Partial<TemplateFields> = Form.useWatch([], form) ?? {};
  const written = { kind, language, text, ...(kind === 'email' ? { subject } : {}) };
  const settled = useSettled(JSON.stringify(written));
  const preview = useQuery({
    queryKey: ['template-preview', settled],
    queryFn: () => call('POST /templates/preview', { body: JSON.parse(settled) as typeof written }),
    enabled: isWhole(JSON.parse(settled) as typeof written),
    placeholderData: (before) => before,
  });
  const { data } = preview;

  return (
    <section aria-label={t('codes.preview')} aria-live="polite">
      <Typography.Text strong style={{ display: 'block', marginBlockEnd: 8 }}>
        {t('codes.preview')}
      </Typography.Text>
      {preview.isError && <Problem error={preview.error} />}
      {data === undefined && !preview.isError && isWhole(written) && <Loading />}
      {data === undefined && !preview.isError && !isWhole(written) && (
        <Typography.Text type="secondary">{t('codes.previewNone')}</Typography.Text>
      )}
      {data !== undefined && !preview.isError && (
        <Flex vertical gap={10} align="flex-start">
          {data.subject !== '' && <Typography.Text strong>{data.subject}</Typography.Text>}
          <div className="bubble">{data.text}</div>
          {data.encoding !== null && data.units !== null && data.segments !== null && (
            <>
              <Mark tone={data.fits ? 'good' : 'bad'}>{t('codes.segments', { count: data.segments })}</Mark>
              <Typography.Text type="secondary">
                {t(`codes.${data.encoding as 'gsm7' | 'ucs2'}`, { count: data.units })}
              </Typography.Text>
            </>
          )}
          {!data.fits && <Alert type="error" showIcon title={t('codes.tooLong')} />}
        </Flex>
      )}
    </section>
  );
}

/** What is not yet whole is not asked about. */
function isWhole({ kind, subject = '', text }: Pick<TemplateFields, 'kind' | 'subject' | 'text'>): boolean {
  return hasCodeOnce(text) && (kind === 'phone' || isSubject(subject));
}

/** The text once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
