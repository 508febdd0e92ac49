// Reads the profiles that `node --cpu-prof` leaves, one a thread, and names the functions that took the time.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 30;
/** The writer thread sleeps in a blocking wait, which the profiler takes for work. */
const IDLE = /^\(idle\)|^waitBlocking /;

export function renderProfiles(directory: string): string {
  const files = readdirSync(directory).filter((name) => name.endsWith('.cpuprofile'));
  return files.map((name) => renderProfile(name, readProfile(join(directory, name)))).join('\n');
}

function readProfile(path: string): CpuProfile {
  return JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
}

export function renderProfile(name: string, profile: CpuProfile): string {
  const labels = new Map(
    profile.nodes.map(({ id, callFrame }) => {
      const file = callFrame.url.replace(/^.*\/(src|node_modules)\//, '$1/');
      const place = file === '' ? '' : ` ${file}:${callFrame.lineNumber + 1}`;
      return [id, `${callFrame.functionName || '(anonymous)'}${place}`];
    }),
  );
  const selfUs = new Map<string, number>();
  let busyUs = 0;
  profile.samples.forEach((id, index) => {
    const label = labels.get(id) ?? '?';
    const deltaUs = profile.timeDeltas[index] ?? 0;
    selfUs.set(label, (selfUs.get(label) ?? 0) + deltaUs);
    if (!IDLE.test(label)) busyUs += deltaUs;
  });
  const rows = [...selfUs]
    .filter(([label]) => !IDLE.test(label))
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([label, us]) => `${((us / busyUs) * 100).toFixed(1).padStart(6)} %  ${label}`);
  return [`${name}: ${(busyUs / 1e6).toFixed(2)} s busy`, ...rows, ''].join('\n');
}
