// What a row of the option table says.

export type OptionType = 'string' | 'integer' | 'integers' | 'strings' | 'prices' | 'texts';

export interface OptionRow {
  readonly type: OptionType;
  readonly default: unknown;
  readonly description: string;
  /** Never printed, not even by doctor, nor logged or copied into a backup. */
  readonly secret?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
  /** Says why a value cannot be used; undefined when it can. */
  readonly refuse?: (value: never) => string | undefined;
  /** Says at start what a value that weakens safety does; undefined when it does not. */
  readonly weakens?: (value: never) => string | undefined;
}

export type Row<Type extends OptionType, Default> = Omit<OptionRow, 'type' | 'default'> & {
  readonly type: Type;
  readonly default: Default;
};
type More = Partial<Omit<OptionRow, 'type' | 'default' | 'description'>>;

export function text<const Default extends string | undefined>(
  value: Default,
  description: string,
  more: More = {},
): Row<'string', Default> {
  return { type: 'string', default: value, description, ...more };
}

export function whole(
  value: number,
  minimum: number,
  maximum: number,
  description: string,
  more: More = {},
): Row<'integer', number> {
  return { type: 'integer', default: value, minimum, maximum, description, ...more };
}
