// The file of subscriber records: chosen or dropped, and sent at once, which may take a while and can be stopped.

import { InboxOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Card, Flex, Form, Progress, Select, Typography, Upload } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { sendFile } from '../../api/send-file.ts';
import { LOCALES, languageOf } from '../../i18n/language.ts';
import { Problem } from '../../parts/problem.tsx';

export interface SentFile {
  readonly name: string;
  /** As it was chosen; undefined: the server's own. */
  readonly region: string | undefined;
  readonly upload: Answer<'POST /operator/registry/uploads'>;
}

const TYPES = '.csv,.ndjson,.jsonl,.gz,text/csv,application/x-ndjson,application/gzip';
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country that the browser has a name for. */
function useRegions() {
  const { i18n } = useTranslation();
  const locale = LOCALES[languageOf(i18n.language)];
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
    return LETTERS.flatMap((first) => LETTERS.map((second) => `${first}${second}`))
      .map((value) => ({ value, label: names.of(value) }))
      .flatMap(({ value, label }) => (label === undefined ? [] : [{ value, label: `${label} (${value})` }]))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  }, [locale]);
}

export function FileChoice({ onSent }: { readonly onSent: (sent: SentFile) => void }) {
  const { t } = useTranslation();
  const regions = useRegions();
  const [region, setRegion] = useState<string>();
  const [part, setPart] = useState(0);
  const sending = useRef<AbortController>(undefined);
  const wasStopped = useRef(false);
  useEffect(() => () => sending.current?.abort(), []);
  const send = useMutation({
    mutationFn: async (file: File) => {
      sending.current = new AbortController();
      wasStopped.current = false;
      setPart(0);
      const { signal } = sending.current;
      const upload = await sendFile('POST /operator/registry/uploads', file, {
        ...{ query: { region }, signal, onProgress: setPart },
      });
      return { name: file.name, region, upload };
    },
    onSuccess: onSent,
  });
  const stop = () => {
    wasStopped.current = true;
    sending.current?.abort();
  };

  return (
    <Card title={t('registry.newImport')} style={{ marginBlockEnd: 16 }}>
      {send.isError && !wasStopped.current && <Problem error={send.error} />}
      {send.isPending ? (
        <div aria-live="polite">
          <Flex gap={12} align="center" justify="space-between" wrap>
            <Typography.Text>
              {part < 1 ? t('registry.sending', { name: send.variables.name }) : t('registry.looking')}
            </Typography.Text>
            <Button onClick={stop}>{t('jobs.cancel')}</Button>
          </Flex>
          <Progress aria-label={t('registry.newImport')} percent={Math.floor(part * 100)} status="active" />
        </div>
      ) : (
        <>
          <Form layout="vertical" component="div">
            <Form.Item label={t('registry.region')} htmlFor="region" extra={t('registry.regionHelp')}>
              <Select
                id="region"
                style={{ maxWidth: 420 }}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('registry.regionUsual')}
                value={region}
                options={regions}
                onChange={setRegion}
              />
            </Form.Item>
          </Form>
          <Upload.Dragger
            accept={TYPES}
            showUploadList={false}
            beforeUpload={(file) => {
              send.mutate(file);
              return false;
            }}
          >
            <p className="ant-upload-drag-icon">
              <InboxOutlined aria-hidden />
            </p>
            <p className="ant-upload-text">{t('registry.dropRecords')}</p>
            <p className="ant-upload-hint">{t('registry.recordColumns')}</p>
          </Upload.Dragger>
        </>
      )}
    </Card>
  );
}
