#!/usr/bin/env node
// The command for the path (`npm link` in the checkout): runs the program with the checkout's own runtime, whatever
// Node of version 20 or newer the machine has.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: this file alone is also run by the machine's Node, and the first of version 20 lack it.
const root = fileURLToPath(new URL('..', import.meta.url));
const own = join(root, 'node_modules', '.bin', 'node');
const program = existsSync(own) ? own : process.execPath;
// A larger nursery: most of what a call allocates is gone when it is answered, and need not be copied before that.
// Helpers that collect it would take the processor from the threads that write to the disk.
const flags = ['--max-semi-space-size=32', '--no-parallel-scavenge'];
const child = spawn(program, [...flags, join(root, 'src', 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
