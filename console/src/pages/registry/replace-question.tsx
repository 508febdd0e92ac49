// Before everything is replaced: how much that is.

import { Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../parts/formats.ts';
import { useCounted } from './use-counted.ts';

interface Props {
  readonly open: boolean;
  readonly isPending: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function ReplaceQuestion({ open, isPending, onYes, onNo }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      title={t('registry.replaceTitle')}
      okText={t('registry.replaceStart')}
      okButtonProps={{ danger: true, loading: isPending }}
      onOk={onYes}
      onCancel={onNo}
      destroyOnHidden
    >
      {open && <PresentRows />}
      <Typography.Paragraph>{t('registry.replaceText')}</Typography.Paragraph>
    </Modal>
  );
}

function PresentRows() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { counted } = useCounted();
  return (
    <Typography.Paragraph strong aria-live="polite">
      {counted === undefined || counted.isOutdated
        ? t('jobs.phase_counting')
        : t('registry.presentRows', { rows: number(counted.counts.rows) })}
    </Typography.Paragraph>
  );
}
