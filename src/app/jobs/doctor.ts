// The job that looks for what is wrong with the data directory and the settings, as `doctor` does.

import { examine } from '../doctor.ts';
import type { JobKind } from './kind.ts';

export const doctor: JobKind = {
  kind: 'doctor',
  act: 'doctor',
  subject: 'data directory',
  async run({ paths, configuration, clock, report }) {
    report('examining', 0);
    const checks = await examine({
      ...{ paths, configuration, clock, environment: process.env },
      servedBy: process.pid,
      onProgress: (done, total) => report('verifying ledger', done, total),
    });
    return {
      ok: checks.every(({ level }) => level !== 'problem'),
      checks: checks.map(({ level, subject, finding, mend, remark, mendCode }) => ({
        ...{ level, subject, finding, mend: mend ?? null },
        code: remark?.code ?? null,
        parameters: remark?.parameters ?? null,
        mend_code: mendCode ?? null,
      })),
    };
  },
};
