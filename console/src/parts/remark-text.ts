// What the server says to operators by a code, in the language of the page; its own sentence where the page has none for it.

import { useTranslation } from 'react-i18next';

type Parameters = Readonly<Record<string, string | number>>;

/** `sentence`: the server's own, in English. */
export function useRemarkText() {
  const { t } = useTranslation();
  return (
    code: string | null | undefined,
    parameters: object | null | undefined,
    sentence: string,
  ): string =>
    code === null || code === undefined
      ? sentence
      : t(`remarks.${code}` as 'remarks.defect', {
          ...(parameters as Parameters | null | undefined),
          defaultValue: sentence,
        });
}
