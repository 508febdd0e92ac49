#!/usr/bin/env node
// Entry: argv -> command line.

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// A command starts in half the time. In the checkout itself, so that whoever may write it could write the program, too.
enableCompileCache(join(import.meta.dirname, '..', '.cache'));
const { loadCommands } = await import('./cli/index.ts');
const { runCommandLine } = await import('./cli/run.ts');

const args = process.argv.slice(2);
process.exitCode = await runCommandLine(args, await loadCommands(args[0]));
