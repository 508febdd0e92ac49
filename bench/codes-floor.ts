// The floor of the code bench: a bare Fastify server that does the least such a service could do. Bearer check, a code in a Map, one
// call of the webhook over a kept connection, a comparison; no disk, no hash, no limits. Same text, same calls.
// Usage: node codes-floor.ts SINK_PORT TOKEN

import { randomInt, randomUUID } from 'node:crypto';
import { Agent, request as startRequest } from 'node:http';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

const [sinkPort = '', token = ''] = process.argv.slice(2);
const expected = `Bearer ${token}`;
const codes = new Map<string, string>();
const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 64 });
const webhook = { host: '127.0.0.1', port: Number(sinkPort), path: '/', method: 'POST', agent };

function post(message: object): void {
  const body = Buffer.from(JSON.stringify(message));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const call = startRequest({ ...webhook, headers }, (answer) => answer.resume());
  call.end(body);
}

const app = Fastify({ genReqId: () => randomUUID() });
app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
  if (request.headers.authorization !== expected) await reply.code(401).send({ error: 'unauthorized' });
});
app.post<{ Body: { to: string } }>('/send', (request, reply) => {
  const { to } = request.body;
  const id = randomUUID();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  codes.set(id, code);
  const text = `【Test】您的验证码为${code}，5分钟内有效，请勿告诉他人。`;
  post({ id, to, subject: '', text, language: 'zh' });
  return reply.code(201).send({ id, status: 'pending' });
});
app.post<{ Body: { id: string; code: string } }>('/check', (request, reply) => {
  const { id, code } = request.body;
  if (codes.get(id) !== code) return reply.code(400).send({ error: 'wrong' });
  codes.delete(id);
  return reply.send({ id, status: 'verified' });
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ listening: address })}\n`);
process.once('SIGTERM', () => app.close());
