// A field of a form for money: people write it in major units, the form holds minor ones; empty is null.

import { InputNumber } from 'antd';
import { useCurrency } from '../api/visitor.ts';
import { decimalOf, minorOf } from './money.ts';

interface Props {
  /** Of the label, set by the form. */
  readonly id?: string;
  readonly value?: number | null;
  readonly onChange?: (minor: number | null) => void;
  /** In minor units. */
  readonly min: number;
  readonly max: number;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
}

export function MoneyField({ value, onChange, min, max, ...others }: Props) {
  const currency = useCurrency();
  if (currency === undefined) return <InputNumber disabled style={{ width: '100%' }} />;
  const { code, minor_digits: digits } = currency;
  return (
    <InputNumber<string>
      {...others}
      stringMode
      value={value === undefined || value === null ? null : decimalOf(value, digits)}
      min={decimalOf(min, digits)}
      max={decimalOf(max, digits)}
      step={decimalOf(10 ** digits, digits)}
      precision={digits}
      suffix={code}
      style={{ width: '100%' }}
      onChange={(text) => onChange?.(text === null ? null : (minorOf(text, digits) ?? null))}
    />
  );
}
