#!/usr/bin/env node
// Entry: argv -> command line.

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// A command starts in half the time. Beside the installed packages, so that whoever may write it could write those too.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'lineproof'));
const { COMMANDS } = await import('./cli/index.ts');
const { runCommandLine } = await import('./cli/run.ts');

process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS);
