// Could a server listen here? Asked by doctor.

import { createServer } from 'node:net';

/** undefined when it could; otherwise the system's code, e.g. EADDRINUSE. */
export function probePort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
