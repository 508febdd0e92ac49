// GET /openapi.json: the same document for everybody, written out once.

import type { FastifyInstance } from 'fastify';

/** `describe` is called when the document is first asked for. */
export function addOpenApiRoute(server: FastifyInstance, describe: () => object): void {
  let text: string | undefined;
  server.get('/openapi.json', (_request, reply) => {
    text ??= JSON.stringify(describe());
    return reply
      .header('Content-Type', 'application/json')
      .serializer((body: unknown) => String(body))
      .send(text);
  });
}
