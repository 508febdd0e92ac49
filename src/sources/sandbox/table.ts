// THE sandbox table: every documented input with its answer, first match wins. The sandbox, its reference page and
// the test that walks it through an official SDK all read it here.

import type { SandboxRow } from './answer.ts';
import { DELAY_ROWS } from './table-delays.ts';
import { EXAMPLE_ROWS } from './table-examples.ts';
import { FAULT_ROWS } from './table-faults.ts';
import { LINE_ROWS } from './table-lines.ts';
import { RESULT_ROWS } from './table-results.ts';

export const SANDBOX_SECTIONS: readonly {
  readonly title: string;
  readonly rows: readonly SandboxRow[];
}[] = [
  { title: "The vendor documentation's own examples", rows: EXAMPLE_ROWS },
  { title: 'Lines: statuses, tenure bands, mismatches, carriers', rows: LINE_ROWS },
  { title: 'Results', rows: RESULT_ROWS },
  { title: 'Faults', rows: FAULT_ROWS },
  { title: 'Delays', rows: DELAY_ROWS },
];

export const SANDBOX_TABLE: readonly SandboxRow[] = SANDBOX_SECTIONS.flatMap((section) => section.rows);
