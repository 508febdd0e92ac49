// ledger time-zone: in which zone the ledger counts its days, and the one way to change it.

import { changeLedgerTimeZone, timeZoneOf } from '../app/time-zone.ts';
import { isTimeZone } from '../config/options.ts';
import { type Command, UsageError } from './command.ts';

export const ledgerTimeZone: Command = {
  name: 'ledger time-zone',
  summary:
    'Shows the time zone in which the ledger counts its days, or changes it from the next entry on. No server may run.',
  arguments: [{ name: '[ZONE]', description: 'an IANA time zone; entries so far keep their days' }],
  examples: ['ledger time-zone', 'ledger time-zone Europe/Berlin'],
  run(context, [zone]) {
    if (zone === undefined) {
      const timeZone = timeZoneOf(context);
      context.output.result({ timeZone }, [timeZone]);
      return 0;
    }
    if (!isTimeZone(zone)) throw new UsageError(`${zone} is not an IANA time zone`);
    const before = changeLedgerTimeZone(context, zone);
    context.output.result({ timeZone: zone, before }, [
      `the ledger counts its days in ${zone} from now on, until now in ${before}`,
      `serve with --time-zone ${zone}, or with "timeZone": "${zone}" in ${context.paths.configFile}`,
    ]);
    return 0;
  },
};
