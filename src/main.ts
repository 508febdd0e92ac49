#!/usr/bin/env node
// Entry: argv -> command line.

import { COMMANDS } from './cli/index.ts';
import { runCommandLine } from './cli/run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS);
