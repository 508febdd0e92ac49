// Text of a program or of the wire, to be read and copied whole.

import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What it is; said by the button that copies it. */
  readonly label: string;
  readonly text: string;
}

export function CodeBlock({ label, text }: Props) {
  const { t } = useTranslation();
  return (
    <div className="code-block">
      <pre className="code" data-code={label}>
        {text}
      </pre>
      {text !== '' && (
        <Typography.Text
          className="no-print code-copy"
          copyable={{ text, tooltips: [`${t('common.copy')}: ${label}`, t('common.copied')] }}
        />
      )}
    </div>
  );
}
