// What failed, in words, with a way to try again; and the same words for forms.

import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api/call.ts';
import type { Texts } from '../i18n/en.ts';

type ErrorName = keyof Texts['errors'];

/** The server's own sentence only where it says more than the code does. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    const code = error instanceof CallError ? error.code : 'internal';
    const isKnown = i18n.exists(`errors.${code}` as string);
    const text = t(`errors.${isKnown ? (code as ErrorName) : 'internal'}`);
    const isOpen = code === 'bad_request' || code === 'conflict' || code === 'forbidden';
    return error instanceof CallError && isOpen && error.message !== '' ? `${text} ${error.message}` : text;
  };
}

interface Props {
  readonly error: unknown;
  readonly retry?: () => void;
}

export function Problem({ error, retry }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const trace = error instanceof CallError && error.status >= 500 ? error.traceId : '';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBlockEnd: 16 }}
      title={errorText(error)}
      description={trace === '' ? undefined : t('common.trace', { id: trace })}
      action={retry === undefined ? undefined : <Button onClick={retry}>{t('common.retry')}</Button>}
    />
  );
}
