// What failed, in words, with a way to try again; and the same words for forms.

import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.ts';
import { useVisitor } from '../api/visitor.ts';
import type { Texts } from '../i18n/en.ts';
import { useRemarkText } from './remark-text.ts';
import { Support } from './support.tsx';

type ErrorName = keyof Texts['errors'];

/** The server's own sentence only where it says more than the code does. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  const remarkText = useRemarkText();
  return (error) => {
    const code = error instanceof CallError ? error.code : 'internal';
    const isKnown = i18n.exists(`errors.${code}` as string);
    const text = t(`errors.${isKnown ? (code as ErrorName) : 'internal'}`);
    const isOpen = code === 'bad_request' || code === 'conflict' || code === 'forbidden';
    if (!(error instanceof CallError) || !isOpen || error.message === '') return text;
    return `${text} ${remarkText(error.remark?.code, error.remark?.parameters, error.message)}`;
  };
}

interface Props {
  readonly error: unknown;
  readonly retry?: () => void;
}

export function Problem({ error, retry }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const contact = useVisitor()?.support_contact ?? null;
  const { status, traceId } = error instanceof CallError ? error : { status: 0, traceId: '' };
  const trace = status >= 500 ? traceId : '';
  // What the visitor cannot mend alone.
  const helper = contact !== null && (status >= 500 || status === 403);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBlockEnd: 16 }}
      title={errorText(error)}
      description={
        trace === '' && !helper ? undefined : (
          <Flex wrap gap="4px 16px">
            {trace !== '' && <span>{t('common.trace', { id: trace })}</span>}
            {helper && <Support />}
          </Flex>
        )
      }
      action={retry === undefined ? undefined : <Button onClick={retry}>{t('common.retry')}</Button>}
    />
  );
}
