// What the doctor found, worst first, each with how to mend it; what is fine is counted only.

import { Alert, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../parts/mark.tsx';
import { useRemarkText } from '../../parts/remark-text.ts';

const LEVELS = ['problem', 'warning'] as const;
const TONES = { problem: 'bad', warning: 'warning' } as const;

export interface Check {
  readonly level: (typeof LEVELS)[number] | 'ok';
  readonly subject: string;
  readonly finding: string;
  readonly mend: string | null;
  readonly code: string | null;
  readonly parameters: object | null;
  readonly mend_code: string | null;
}

interface Props {
  readonly checks: readonly Check[];
  /** When they were found. */
  readonly at: string;
}

export function Findings({ checks, at }: Props) {
  const { t } = useTranslation();
  const remarkText = useRemarkText();
  const of = (wanted: Check['level']) => checks.filter(({ level }) => level === wanted);
  const problems = of('problem').length;
  const warnings = of('warning').length;
  const verdict =
    problems > 0
      ? t('upkeep.problems', { count: problems })
      : warnings > 0
        ? t('upkeep.warnings', { count: warnings })
        : t('upkeep.nothingWrong');
  return (
    <>
      <Alert
        type={problems > 0 ? 'error' : warnings > 0 ? 'warning' : 'success'}
        showIcon
        role="status"
        title={verdict}
        description={`${t('upkeep.soundOnes', { count: of('ok').length })} ${at}`}
      />
      {problems + warnings > 0 && (
        <ul className="findings">
          {LEVELS.flatMap((level) =>
            of(level).map(({ subject, finding, mend, code, parameters, mend_code: mendCode }) => (
              <li key={`${subject}: ${finding}`}>
                <Flex gap="4px 10px" align="baseline" wrap>
                  <Mark tone={TONES[level]}>{t(`upkeep.${level}`)}</Mark>
                  <Typography.Text strong>
                    {remarkText(`subject_${subject.replaceAll(' ', '_')}`, null, subject)}
                  </Typography.Text>
                  <Typography.Text>{remarkText(code, parameters, finding)}</Typography.Text>
                </Flex>
                {mend !== null && (
                  <Typography.Text type="secondary">
                    {t('upkeep.mend')}:{' '}
                    {remarkText(mendCode === null ? null : `mend_${mendCode}`, parameters, mend)}
                  </Typography.Text>
                )}
              </li>
            )),
          )}
        </ul>
      )}
    </>
  );
}
