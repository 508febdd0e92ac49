// What the doctor found: a verdict for each step, never what it should have been.

import { Alert, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/call.ts';
import { useBilingual } from '../../parts/bilingual.ts';
import { Mark } from '../../parts/mark.tsx';

export type Diagnosis = Answer<'POST /explorer/diagnoses'>;
const TONES = { ok: 'good', wrong: 'bad', unknown: 'plain' } as const;

/** A signature that fits is no good to a request that is refused for something else. */
function headlineOf({ fits, steps }: Diagnosis) {
  if (!fits) return 'differs';
  const wrong = steps.filter(({ verdict }) => verdict === 'wrong').map(({ step }) => step);
  if (wrong.includes('clock')) return 'refusedClock';
  return wrong.length === 0 ? 'fits' : 'refusedOther';
}

export function Verdicts({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const { t } = useTranslation();
  const pick = useBilingual();
  const { method, steps } = diagnosis;
  const headline = headlineOf(diagnosis);
  return (
    <section aria-label={t('doctor.verdict')}>
      <Alert
        type={headline === 'fits' ? 'success' : 'error'}
        showIcon
        role="status"
        style={{ marginBlockEnd: 12 }}
        title={t(`doctor.${headline}`)}
        description={headline === 'differs' ? undefined : t(`doctor.${headline}Text`)}
      />
      {method !== 'none' && (
        <Typography.Paragraph type="secondary">
          {t('doctor.method')}: <code className="value">{method}</code>
        </Typography.Paragraph>
      )}
      <ol className="verdicts">
        {steps.map(({ step, verdict, finding, message }) => (
          <li key={step} data-step={step} data-verdict={verdict} data-finding={finding}>
            <Mark tone={TONES[verdict]}>{t(`doctor.${verdict}`)}</Mark>
            <strong>{t(`doctor.step_${step}`)}</strong>
            <span>{pick(message)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
