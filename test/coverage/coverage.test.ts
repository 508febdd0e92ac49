// The coverage page's claims, tried: each cell that it calls live is caused once, and the same on an action for which
// the cell is not live ends otherwise.

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TENCENT_VIEW } from '../../src/app/tencent-view.ts';
import { FAULTS, type FaultCode } from '../../src/domain/fault.ts';
import type { OutcomeCode } from '../../src/domain/outcome.ts';
import { isLiveFault, isLiveOutcome } from '../../tools/docs/fault-origins.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { FAULT_CAUSES } from './fault-causes.ts';
import { openWorld } from './live-call.ts';
import { OUTCOME_CAUSES } from './outcome-causes.ts';

const { actions } = TENCENT_VIEW;
const root = makeTemporaryDirectory({ after });
const makeDirectory = () => mkdtempSync(join(root, 'world-'));

test('an ordinary call of every action ends in an outcome', async (t) => {
  const { ask } = await openWorld(t, makeDirectory());
  for (const wire of actions) {
    const outcome = await ask(wire);
    assert.ok(
      ['completed', 'code_sent', 'code_verified', 'known', 'match'].includes(outcome),
      `${wire.name}: ${outcome}`,
    );
  }
});

test('a fault is live for exactly those actions where a request can cause it', async (t) => {
  const world = await openWorld(t, makeDirectory());
  const wrong: string[] = [];
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    for (const wire of actions) {
      const cause = FAULT_CAUSES[fault]?.(wire, world);
      const met = cause === undefined ? 'nothing' : await world.ask(wire, cause);
      const claimed = isLiveFault(TENCENT_VIEW, wire, fault);
      if (claimed !== (met === fault)) wrong.push(`${wire.name} ${fault}: live ${claimed}, met ${met}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('an outcome is live for exactly those actions where a request can end in it', async (t) => {
  const world = await openWorld(t, makeDirectory());
  const wrong: string[] = [];
  for (const wire of actions) {
    for (const outcome of Object.keys(wire.action.outcomes) as OutcomeCode[]) {
      const cause = OUTCOME_CAUSES[outcome]?.(wire);
      const met = cause === undefined ? 'nothing' : await world.ask(wire, cause);
      const isUncoded = TENCENT_VIEW.resultOf(wire.action, outcome) === undefined;
      // Without a result code the limit shows as its fault.
      const expected = outcome === 'daily_limit' && isUncoded ? 'daily_limit_reached' : outcome;
      const claimed = isLiveOutcome(outcome);
      if (claimed !== (met === expected)) wrong.push(`${wire.name} ${outcome}: live ${claimed}, met ${met}`);
    }
  }
  assert.deepEqual(wrong, []);
});
