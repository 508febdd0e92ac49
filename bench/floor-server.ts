// The floor of the bench: a bare Fastify server that does the least such a service could do. Bearer check, fixed-window
// rate limit, one look-up in a Map of every number, JSON answer; no signature, no disk. Same request, same answer.
// Usage: node floor-server.ts NUMBERS_FILE TOKEN

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const [numbersFile = '', token = ''] = process.argv.slice(2);
const RATE_PER_SECOND = 10_000_000;

const statusByNumber = new Map<string, number>();
for (const line of readFileSync(numbersFile, 'utf8').split('\n')) {
  const [number, status] = line.split(',');
  if (number !== undefined && status !== undefined) statusByNumber.set(number, Number(status));
}

const expected = `Bearer ${token}`;
const windows = new Map<string, { second: number; used: number }>();

function withinRate(key: string): boolean {
  const second = Math.floor(Date.now() / 1000);
  const window = windows.get(key);
  if (window === undefined || window.second !== second) {
    windows.set(key, { second, used: 1 });
    return true;
  }
  window.used += 1;
  return window.used <= RATE_PER_SECOND;
}

const app = Fastify({ genReqId: () => randomUUID() });
app.post<{ Body: { Mobile: string } }>('/', (request, reply) => {
  const authorization = request.headers.authorization;
  if (authorization !== expected) return reply.code(401).send({ error: 'unauthorized' });
  if (!withinRate(authorization)) return reply.code(429).send({ error: 'too many' });
  const status = statusByNumber.get(request.body.Mobile);
  return reply.send({
    Response: {
      Result: status === undefined ? '-1' : '0',
      Description: status === undefined ? 'Phone number not found' : 'Success',
      StatusCode: status ?? 99,
      RequestId: request.id,
    },
  });
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ listening: address })}\n`);
process.once('SIGTERM', () => app.close());
