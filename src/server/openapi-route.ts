// GET /openapi.json: the same document for everybody, written out once.

import type { FastifyInstance } from 'fastify';

export function addOpenApiRoute(server: FastifyInstance, document: object): void {
  const text = JSON.stringify(document);
  server.get('/openapi.json', (_request, reply) =>
    reply
      .header('Content-Type', 'application/json')
      .serializer((body: unknown) => String(body))
      .send(text),
  );
}
