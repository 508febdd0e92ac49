// THE sandbox table: every documented input with its answer, first match wins. The sandbox, its reference page and
// the test that walks it through an official SDK all read it here.

import type { SandboxRow } from './answer.ts';
import { DELAY_ROWS } from './table-delays.ts';
import { EXAMPLE_ROWS } from './table-examples.ts';
import { FAULT_ROWS } from './table-faults.ts';
import { LINE_ROWS } from './table-lines.ts';
import { RESULT_ROWS } from './table-results.ts';

export const SANDBOX_SECTIONS: readonly {
  readonly id: 'examples' | 'lines' | 'results' | 'faults' | 'delays';
  readonly title: string;
  readonly rows: readonly SandboxRow[];
}[] = [
  { id: 'examples', title: "The vendor documentation's own examples", rows: EXAMPLE_ROWS },
  { id: 'lines', title: 'Lines: statuses, tenure bands, mismatches, carriers', rows: LINE_ROWS },
  { id: 'results', title: 'Results', rows: RESULT_ROWS },
  { id: 'faults', title: 'Faults', rows: FAULT_ROWS },
  { id: 'delays', title: 'Delays', rows: DELAY_ROWS },
];

export const SANDBOX_TABLE: readonly SandboxRow[] = SANDBOX_SECTIONS.flatMap((section) => section.rows);
