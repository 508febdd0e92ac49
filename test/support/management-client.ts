// Management calls as a client sends them, with whatever headers a test wants to send.

import { request as requestOverTls } from 'node:https';

const { request: requestPlain } = process.getBuiltinModule('node:http');

export interface ManagementReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: Record<string, unknown>;
  /** name=value of the cookie that was set. */
  readonly cookie: string;
}

export interface ManagementCall {
  readonly body?: unknown;
  /** Instead of a body. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** With the PEM of an authority, over TLS. */
export function createManagementClient(port: number, ca?: string) {
  const origin = `${ca === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const request = ca === undefined ? requestPlain : requestOverTls;

  /** `line` is method and path below /api/v1, e.g. 'POST /people/login'. */
  function call(line: string, { body, text, headers = {} }: ManagementCall = {}): Promise<ManagementReply> {
    const [method = '', path = ''] = line.split(' ');
    const payload = text ?? (body === undefined ? '' : JSON.stringify(body));
    const sent: Record<string, string> = { 'content-type': 'application/json', ...headers };
    if (payload !== '') sent['content-length'] = String(Buffer.byteLength(payload));
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method, path: `/api/v1${path}`, headers: sent, agent: false, ca },
        (incoming) => {
          let received = '';
          incoming.setEncoding('utf8').on('data', (piece: string) => {
            received += piece;
          });
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: received,
              json: parse(received),
              cookie: incoming.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }

  return { origin, call, withSession: (cookie: string) => ({ cookie, origin }) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
