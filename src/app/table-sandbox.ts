// The sandbox as tables are read off it: at one fixed time, without waiting, and with a verification that was started already.

import { verificationCheck } from '../actions/verification-check.ts';
import type { Rehearsal } from '../ports/rehearsal.ts';
import { createSandbox } from '../sources/sandbox/create-sandbox.ts';
import { createVerificationRehearsal } from '../sources/sandbox/rehearse-verification.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 4);
const REGION = 'CN';
const RECIPIENT = '18766554433';

export function openTableSandbox(): Rehearsal {
  const [example] = verificationCheck.examples;
  const clock = { nowMs: () => NOW_MS, sleep: () => Promise.resolve() };
  const random = { uuid: () => example.input.id };
  const verifications = createVerificationRehearsal({ clock, random, region: REGION, keptMax: 1 });
  const sandbox = createSandbox({ clock, region: REGION, maxDelayedCalls: 1, verifications });
  sandbox.rehearse('verification-start', { to: RECIPIENT }, 0);
  return sandbox;
}
