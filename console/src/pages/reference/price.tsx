// What a charged call costs: one amount, or one for each condition on its input.

import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import { useFormats } from '../../parts/formats.ts';

export function Price({ cost }: Pick<Action, 'cost'>) {
  const { t } = useTranslation();
  const { money } = useFormats();
  if (cost.every(({ consumption }) => consumption === 0)) return t('usage.free');
  const texts = cost.map(({ conditions, consumption }) => {
    const amount = money(consumption);
    return cost.length === 1 ? amount : `${readCondition(conditions) || t('reference.otherwise')}: ${amount}`;
  });
  return (
    <div>
      {texts.map((text) => (
        <div key={text}>{text}</div>
      ))}
    </div>
  );
}

/** {"==": [{"var": "VerifyMode"}, "1"]} as 'VerifyMode = 1'; '' where nothing is asked. */
function readCondition(conditions: Readonly<Record<string, unknown>>): string {
  const [left, right] = Array.isArray(conditions['==']) ? (conditions['=='] as unknown[]) : [];
  if (typeof left !== 'object' || left === null || !('var' in left)) return '';
  return `${String(left.var)} = ${String(right)}`;
}
