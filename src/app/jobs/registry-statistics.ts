// The job that counts what the registry holds.

import { existsSync } from 'node:fs';
import { createRegistryAdministration } from '../registry.ts';
import type { JobKind } from './kind.ts';

/** Of a server into which nothing was imported yet. */
const NOTHING = {
  ...{ rows: 0, demonstration: false, by_status: {}, by_carrier: {}, by_tenure_months: {} },
  ...{ with_name: 0, with_id_card: 0, as_of_oldest: null, as_of_newest: null },
};

export const registryStatistics: JobKind = {
  kind: 'registry-statistics',
  act: 'registry.statistics',
  subject: 'registry',
  run({ paths, configuration, clock, report }) {
    const { timeZone, region, tenureMonths } = configuration;
    const administration = createRegistryAdministration({ paths, clock, timeZone, region, tenureMonths });
    report('counting', 0);
    if (!existsSync(paths.registry)) return NOTHING;
    const counted = administration.statistics((rows, total) => report('counting', rows, total));
    return {
      rows: counted.rows,
      demonstration: counted.demonstration,
      by_status: counted.byStatus,
      by_carrier: counted.byCarrier,
      by_tenure_months: counted.byTenureMonths,
      with_name: counted.withName,
      with_id_card: counted.withIdCard,
      as_of_oldest: counted.asOfOldest ?? null,
      as_of_newest: counted.asOfNewest ?? null,
    };
  },
};
