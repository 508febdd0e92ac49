// doctor: what is wrong and how to mend it.

import type { Diagnosis } from '../app/diagnosis.ts';
import { examine } from '../app/doctor.ts';
import type { Command } from './command.ts';

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Says what is wrong with the data directory and the settings, and how to mend it; verifies the whole ledger. Changes nothing.',
  examples: ['doctor', 'doctor --data /var/lib/lineproof --json'],
  async run(context) {
    const progress = context.output.progress('verifying the ledger');
    let checks: readonly Diagnosis[];
    try {
      checks = await examine({ ...context, onProgress: (done, total) => progress.update(done, total) });
    } finally {
      progress.stop();
    }
    const problems = checks.filter(({ level }) => level === 'problem').length;
    const verdict =
      problems === 0 ? 'nothing is wrong' : `${problems} ${problems === 1 ? 'problem' : 'problems'} found`;
    context.output.result({ ok: problems === 0, checks }, [...checks.flatMap(describe), verdict]);
    return problems === 0 ? 0 : 1;
  },
};

function describe({ level, subject, finding, mend }: Diagnosis): string[] {
  const line = `${MARKS[level]} ${subject}: ${finding}`;
  return mend === undefined ? [line] : [line, `        -> ${mend}`];
}
