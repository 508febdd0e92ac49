// What a service and its calls are named in the language that is shown.

import { useTranslation } from 'react-i18next';
import type { Texts } from '../../i18n/en.ts';
import { languageOf } from '../../i18n/language.ts';

interface Titled {
  readonly title: string;
  readonly title_zh: string;
}

type QuestionKey = Extract<keyof Texts['services'], `question_${string}`>;

export function useServiceWords() {
  const { t, i18n } = useTranslation();
  const isChinese = languageOf(i18n.language) === 'zh';
  return {
    title: (named: Titled) => (isChinese && named.title_zh !== '' ? named.title_zh : named.title),
    /** '' for a service that the console has no sentence for. */
    question(alias: string): string {
      const key =
        `services.question_${alias.replaceAll('-', '_') as 'line_status'}` satisfies `services.${QuestionKey}`;
      return i18n.exists(key) ? t(key) : '';
    },
  };
}
