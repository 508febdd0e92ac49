// A mail server for tests on a port of its own, with what it took and the sockets that it holds.

import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly source: string;
  /** The body, decoded. */
  readonly text: string;
}

export interface SmtpStation {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  readonly sockets: ReadonlySet<Socket>;
  /** What happens once a whole mail is there; undefined takes it. */
  onMail: ((done: (error?: Error | null) => void) => void) | undefined;
  stop(): Promise<void>;
}

export async function startSmtpStation(options: SMTPServerOptions = {}): Promise<SmtpStation> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 50,
    onData(stream, { envelope }, done) {
      let source = '';
      stream.setEncoding('utf8').on('data', (part: string) => {
        source += part;
      });
      stream.on('end', () => {
        if (station.onMail !== undefined) return station.onMail(done);
        received.push({
          to: envelope.rcptTo.map(({ address }) => address),
          source,
          text: decodeBody(source),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const station: SmtpStation = {
    port: (server.server.address() as AddressInfo).port,
    received,
    sockets,
    onMail: undefined,
    async stop() {
      for (const socket of sockets) socket.destroy();
      if (server.server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return station;
}

function decodeBody(source: string): string {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(head))
    return Buffer.from(text, 'base64').toString().trimEnd();
  const isQuoted = /^content-transfer-encoding: quoted-printable/im.test(head);
  const octets = isQuoted
    ? text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`)
    : text;
  return (isQuoted ? decodeURIComponent(octets) : octets).trimEnd();
}
