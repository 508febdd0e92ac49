// Grants quota one call at a time in a process of its own, as an operator's commands do while a server runs.

import { ledgerPaths, openTestFunds } from '../support/ledgers.ts';

const [, , directory = '', grants = ''] = process.argv;
const books = openTestFunds(ledgerPaths(directory));
for (let i = 0; i < Number(grants); i += 1) books.grant(1, ['line-status'], 1, 0);
books.close();
