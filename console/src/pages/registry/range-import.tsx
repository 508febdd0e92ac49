// A list of number ranges from a file: added to the table, or in its place.

import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Modal, Radio, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Problem } from '../../parts/problem.tsx';
import { RANGE_QUERIES } from './ranges.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function RangeImport({ open, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const [replace, setReplace] = useState(false);
  const load = useMutation({
    mutationFn: async (chosen: File) =>
      call('POST /operator/number-ranges/import', { body: { csv: await chosen.text(), replace } }),
    onSuccess: async ({ ranges }) => {
      await client.invalidateQueries({ queryKey: RANGE_QUERIES });
      message.success(t('registry.rangesImported', { count: ranges }));
      close();
    },
  });
  const close = () => {
    setFile(undefined);
    setReplace(false);
    load.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('registry.importTitle')}
      okText={replace ? t('registry.replaceAll') : t('registry.import')}
      okButtonProps={{ disabled: file === undefined, danger: replace, loading: load.isPending }}
      onOk={() => file !== undefined && load.mutate(file)}
      onCancel={close}
      destroyOnHidden
    >
      <Upload.Dragger
        accept=".csv,text/csv,text/plain"
        maxCount={1}
        fileList={file === undefined ? [] : [{ uid: file.name, name: file.name, size: file.size }]}
        beforeUpload={(chosen) => {
          load.reset();
          setFile(chosen);
          return false;
        }}
        onRemove={() => setFile(undefined)}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined aria-hidden />
        </p>
        <p className="ant-upload-text">{t('registry.drop')}</p>
        <p className="ant-upload-hint">{t('registry.rangeColumns')}</p>
      </Upload.Dragger>
      <Radio.Group
        aria-label={t('registry.importTitle')}
        style={{ display: 'grid', gap: 10, marginBlock: 16 }}
        value={replace}
        onChange={({ target }) => setReplace(target.value === true)}
        options={[
          { value: false, label: t('registry.rangesMerge') },
          { value: true, label: t('registry.rangesReplace') },
        ]}
      />
      {replace && (
        <Alert
          type="warning"
          showIcon
          title={t('registry.rangesReplaceText')}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      {load.isError ? (
        <Problem error={load.error} />
      ) : (
        <Typography.Text type="secondary">{t('registry.allOrNone')}</Typography.Text>
      )}
    </Modal>
  );
}
