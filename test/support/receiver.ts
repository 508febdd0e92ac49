// A real HTTP receiver on loopback for what goes out: notes each request and answers as told.

import { once } from 'node:events';
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { ServerCertificate } from './certificate.ts';

const { createServer } = process.getBuiltinModule('node:http');

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of the connection, as the client's port: equal for requests over one connection. */
  readonly connection: number;
}

export interface Receiver {
  readonly port: number;
  readonly origin: string;
  readonly requests: ReceivedRequest[];
  /** Resolves when so many requests have come, counted from the first. */
  arrived(count: number): Promise<void>;
  /** Ends connections and listens no more. */
  stop(): Promise<void>;
}

export interface ReceiverOptions {
  readonly certificate?: ServerCertificate;
  readonly host?: string;
  readonly onConnection?: (socket: Socket) => void;
  /** The status, or whatever is done with the response. */
  readonly answer?: (
    request: ReceivedRequest,
    response: ServerResponse,
  ) => number | readonly [status: number, body: string] | undefined;
}

export async function startReceiver(
  t: Pick<TestContext, 'after'>,
  options: ReceiverOptions = {},
): Promise<Receiver> {
  const { certificate, host = '127.0.0.1', answer = () => 200 } = options;
  const requests: ReceivedRequest[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const listener: RequestListener = async (message, response) => {
    const parts: Buffer[] = [];
    try {
      for await (const part of message) parts.push(part as Buffer);
    } catch {
      return;
    }
    const { method = '', url = '', headers, socket } = message;
    const body = Buffer.concat(parts).toString();
    const request = { method, url, headers, body, connection: socket.remotePort ?? 0 };
    requests.push(request);
    for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
    const said = answer(request, response);
    if (said === undefined) return;
    const [status, text] = typeof said === 'number' ? [said, ''] : said;
    response.writeHead(status).end(text);
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createSecureServer({ key: certificate.key, cert: certificate.cert }, listener);
  if (options.onConnection !== undefined) server.on('connection', options.onConnection);
  server.listen(0, host);
  await once(server, 'listening');
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  t.after(stop);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${certificate === undefined ? 'http' : 'https'}://${host}:${port}`,
    requests,
    stop,
    arrived: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
