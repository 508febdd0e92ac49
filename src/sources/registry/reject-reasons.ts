// Why a row of an import was not accepted. Numbers travel between threads; codes go to the file of rejected rows.

export const REJECT_REASONS = [
  { code: 'msisdn_invalid', field: 'msisdn' },
  { code: 'status_invalid', field: 'status' },
  { code: 'activated_on_invalid', field: 'activated_on' },
  { code: 'activated_on_future', field: 'activated_on' },
  { code: 'carrier_invalid', field: 'carrier' },
  { code: 'name_invalid', field: 'name' },
  { code: 'id_card_invalid', field: 'id_card' },
  { code: 'as_of_invalid', field: 'as_of' },
  { code: 'as_of_future', field: 'as_of' },
  { code: 'column_count', field: '' },
  { code: 'quote_invalid', field: '' },
  { code: 'quote_unclosed', field: '' },
  { code: 'line_too_long', field: '' },
  { code: 'encoding_invalid', field: '' },
  { code: 'json_invalid', field: '' },
] as const;

export type RejectCode = (typeof REJECT_REASONS)[number]['code'];

const NUMBERS = new Map<RejectCode, number>(REJECT_REASONS.map(({ code }, index) => [code, index]));

export function rejectNumber(code: RejectCode): number {
  return NUMBERS.get(code) ?? 0;
}
