// The layer rules (ARCHITECTURE.md): which room may import which, and that siblings do not know each other.

import { posix } from 'node:path';
import { readSource } from './source-text.ts';

export interface SourceFile {
  /** Relative to the repository, e.g. 'src/core/execute.ts'. */
  readonly path: string;
  readonly text: string;
}

/** What a room may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  samples: ['domain'],
  ports: ['domain'],
  codecs: ['domain'],
  runtime: ['ports', 'domain'],
  config: ['domain'],
  core: ['ports', 'domain', 'codecs'],
  actions: ['core', 'ports', 'domain', 'codecs'],
  protocols: ['actions', 'core', 'ports', 'domain', 'codecs'],
  management: ['samples', 'actions', 'core', 'ports', 'domain', 'codecs'],
  sources: ['ports', 'domain', 'codecs'],
  channels: ['ports', 'domain', 'codecs'],
  outbound: ['ports', 'domain', 'codecs'],
  storage: ['ports', 'domain', 'codecs'],
  server: ['management', 'ports', 'domain'],
  app: [
    ...[
      'server',
      'protocols',
      'management',
      'samples',
      'actions',
      'core',
      'sources',
      'channels',
      'outbound',
      'storage',
      'runtime',
      'config',
    ],
    ...['ports', 'domain', 'codecs'],
  ],
  // runtime: the process begins here and brings its clock and its chance along.
  cli: ['app', 'runtime', 'config', 'ports', 'domain'],
  main: ['cli'],
};

/** Rooms whose folders must not know each other. */
const SEPARATE = new Set(['protocols', 'sources', 'channels', 'storage']);

/** Which rooms open sockets: server/ those that others connect to, outbound/ those that connect to others over HTTP. */
const SOCKET_ROOMS = new Set(['server', 'outbound']);
const SOCKET_MODULES = new Set(['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises']);
const WEB_FRAMEWORK = 'fastify';
/** It only decides when a library is read, which is why the domain may use it. */
const LATE_LOADING = 'node:module';

/** 'src/sources/registry/x.ts' is in room sources, wing registry; 'src/app.ts' is in room app. */
function locate(path: string): { readonly room: string; readonly wing: string } {
  const [, first = '', second = '', ...rest] = path.split('/');
  if (second === '') return { room: first.replace(/\.ts$/, ''), wing: '' };
  return { room: first, wing: rest.length === 0 ? '' : second };
}

/** Every breach of the layer rules in one file of src, as readable lines. */
export function findLayerBreaches({ path, text }: SourceFile): string[] {
  const { room, wing } = locate(path);
  const allowed = MAY_IMPORT[room];
  if (allowed === undefined) return [`${path}: the room ${room} is not in the layer rules`];
  return readSource(text).imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) return judgePackage(path, room, specifier);
    const target = posix.join(posix.dirname(path), specifier);
    if (!target.startsWith('src/')) return [`${path}: imports ${target}, outside src`];
    const to = locate(target);
    if (to.room !== room) {
      return allowed.includes(to.room) ? [] : [`${path}: ${room} must not import ${to.room} (${specifier})`];
    }
    const siblings = SEPARATE.has(room) && wing !== '' && to.wing !== '' && to.wing !== wing;
    return siblings ? [`${path}: ${room}/${wing} must not import ${room}/${to.wing}`] : [];
  });
}

function judgePackage(path: string, room: string, specifier: string): string[] {
  const name = specifier.replace(/^node:/, '');
  if (SOCKET_MODULES.has(name) && !SOCKET_ROOMS.has(room))
    return [`${path}: only server and outbound open sockets (${specifier})`];
  if (name === WEB_FRAMEWORK && room !== 'server') return [`${path}: only server uses ${name}`];
  if (room === 'domain' && specifier.startsWith('node:') && specifier !== LATE_LOADING)
    return [`${path}: domain must not import ${specifier}`];
  return [];
}

/** Cycles of loading among the given files, each once, as 'a -> b -> a'. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(
    files.map(({ path, text }) => [
      path,
      readSource(text)
        .loads.filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(path), specifier)),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  for (const path of edges.keys()) visit(path, []);
  return cycles;

  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start !== -1) cycles.push([...trail.slice(start), path].join(' -> '));
    if (start !== -1 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  }
}
