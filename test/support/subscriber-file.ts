// A file of subscriber records as an operator might have it: some rows are good, some are not, some would like to be run.

import { makePerson } from './subscribers.ts';

export const SCRIPT_NAME = '<img src=x onerror="alert(1)">';
export const FORMULA_CARRIER = '=HYPERLINK("https://example.org")';

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const [ann, ben, cem] = [makePerson(1), makePerson(2), makePerson(3)];

/** Of whom the first row is. */
export const FIRST_SUBSCRIBER = ann;
/** Four rows are accepted, three are not. */
export const SUBSCRIBER_FILE = {
  name: 'subscribers.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'msisdn,status,activated_on,carrier,name,id_card,as_of,shop',
      `${ann.number},normal,2020-03-01,mobile,${ann.name},${ann.idCard},2026-01-01,7`,
      `${ben.number},suspended,2024-10-01,${quoted(FORMULA_CARRIER)},${ben.name},,2026-01-01,7`,
      `${cem.number},normal,2023-05-17,unicom,${cem.name},,2026-01-01,8`,
      `${makePerson(4).number},vacant,,,,,2026-01-01,`,
      `${makePerson(5).number},asleep,2020-03-01,mobile,,,2026-01-01,7`,
      '12345,normal,,,,,,',
      `${makePerson(6).number},normal,,mobile,${quoted(SCRIPT_NAME)},11010519491231002Y,2026-01-01,7`,
      '',
    ].join('\n'),
  ),
};
