// The web console below /console: built files, read once, compressed beforehand, cached for good because their names hold
// their hashes; the page itself with a fresh nonce each time. Its policy lets nothing in from elsewhere.

import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Random } from '../ports/random.ts';

export const CONSOLE_PATH = '/console';

export interface ConsoleFilesOptions {
  /** What the build left: index.html, assets/. */
  readonly directory: string;
  readonly random: Pick<Random, 'bytes'>;
}

interface ConsoleFile {
  readonly type: string;
  readonly etag: string;
  readonly isImmutable: boolean;
  readonly plain: Buffer;
  readonly encoded: readonly (readonly ['br' | 'gzip', Buffer])[];
}

/** What one build left; without a page where nothing is built. */
interface Build {
  readonly page: string | undefined;
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

const NONCE = '__CSP_NONCE__';
const NONCE_BYTES = 16;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
/** A page's address: the console itself finds out what it means. */
const PAGE = /^(?:\/[\w-]{1,100}){0,6}\/?$/;
const NOT_BUILT = 'The console is not built: run `npm run build:console`, then start the server again.\n';

export function addConsoleFiles(server: FastifyInstance, options: ConsoleFilesOptions): void {
  const { directory, random } = options;
  // All of the build that is there now. Answers wait for it, a start does not.
  const built = readBuild(directory);
  // Told by whoever asks.
  built.catch(() => {});

  function sendPage(reply: FastifyReply, page: string | undefined): FastifyReply {
    if (page === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    const nonce = random.bytes(NONCE_BYTES).toString('base64');
    return reply
      .header('Content-Security-Policy', policyOf(nonce))
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE, nonce));
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.header('Cross-Origin-Opener-Policy', 'same-origin');
    reply.header('Cross-Origin-Resource-Policy', 'same-origin');
    const [path = ''] = (request.raw.url ?? '').slice(CONSOLE_PATH.length).split('?', 1);
    const { files, page } = await built;
    // Only names that the build made are files: no path is ever put together from what was asked.
    const file = files.get(path);
    if (file !== undefined) return sendFile(request, reply, file);
    return PAGE.test(path) && !path.startsWith('/assets/')
      ? sendPage(reply, page)
      : reply.code(404).send({ error: 'not found' });
  }

  for (const url of [CONSOLE_PATH, `${CONSOLE_PATH}/*`]) {
    server.route({ method: ['GET', 'HEAD'], url, exposeHeadRoute: false, handler: answer });
    server.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      handler: (_request, reply) =>
        reply.code(405).header('Allow', 'GET, HEAD').send({ error: 'method not allowed' }),
    });
  }
}

function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
  reply.header('ETag', file.etag);
  reply.header('Vary', 'Accept-Encoding');
  reply.header('Cache-Control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (isFresh(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
  const found = file.encoded.find(([coding]) => accepts(request.headers['accept-encoding'], coding));
  if (found !== undefined) reply.header('Content-Encoding', found[0]);
  return reply.type(file.type).send(found?.[1] ?? file.plain);
}

/** RFC 9110, 13.1.2: a weak comparison, with any of the tags. */
function isFresh(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) === true;
}

/** RFC 9110, 12.5.3, as far as browsers go: the coding is named, and not with the weight 0. */
function accepts(header: string | string[] | undefined, coding: string): boolean {
  return String(header ?? '')
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
      return name === coding && !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text));
    });
}

async function readBuild(directory: string): Promise<Build> {
  const page = await readIfThere(join(directory, 'index.html'));
  const files = new Map<string, ConsoleFile>();
  for await (const name of glob(['assets/*', '*.svg'], { cwd: directory }))
    if (extname(name) in TYPES) files.set(`/${name.replaceAll('\\', '/')}`, await readBuilt(directory, name));
  return { page: page?.toString('utf8'), files };
}

async function readBuilt(directory: string, name: string): Promise<ConsoleFile> {
  const path = join(directory, name);
  const [plain, br, gzip] = await Promise.all([
    readFile(path),
    readIfThere(`${path}.br`),
    readIfThere(`${path}.gz`),
  ]);
  return {
    type: TYPES[extname(name)] ?? '',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`,
    isImmutable: name.startsWith('assets'),
    plain,
    encoded: [
      ...(br === undefined ? [] : [['br', br] as const]),
      ...(gzip === undefined ? [] : [['gzip', gzip] as const]),
    ],
  };
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
