#!/usr/bin/env node
// The installed command: runs the program with the runtime that was installed beside it, whatever Node the machine has.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const own = join(root, 'node_modules', '.bin', 'node');
const program = existsSync(own) ? own : process.execPath;
// A larger nursery: most of what a call allocates is gone when it is answered, and need not be copied before that.
const flags = ['--max-semi-space-size=16'];
const child = spawn(program, [...flags, join(root, 'src', 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
