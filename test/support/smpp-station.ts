// A message centre for tests: the server side of the `smpp` package on a port of its own, which behaves as it is told.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type PDU, type PduFields, type Session } from 'smpp';

export interface Submitted {
  readonly to: string;
  /** As the package reads it; '' where it cannot. */
  readonly text: string;
  readonly pdu: PDU;
  /** Tells this station's segments of one message from others': reference, total, number. */
  readonly header: readonly [number, number, number] | undefined;
}

export interface SmppStation {
  readonly port: number;
  readonly submitted: readonly Submitted[];
  readonly binds: readonly PDU[];
  /** Responses to what the station asked. */
  readonly responses: readonly PDU[];
  readonly sessions: readonly Session[];
  /** Replaces what happens to a submit; undefined answers nothing. */
  onSubmit: (submit: PDU, session: Session) => PduFields | undefined;
  /** undefined answers nothing. */
  onBind: (bind: PDU) => number | undefined;
  answersEnquiries: boolean;
  enquiries: number;
  /** To every bound client. */
  tell(command: string, fields: PduFields): void;
  stop(): Promise<void>;
}

export async function startSmppStation(
  tls: { readonly key?: string; readonly cert?: string } = {},
  port = 0,
): Promise<SmppStation> {
  const submitted: Submitted[] = [];
  const binds: PDU[] = [];
  const responses: PDU[] = [];
  const sessions: Session[] = [];
  let ids = 0;

  const server = smpp.createServer({ ...tls, noDelay: true }, (session) => {
    sessions.push(session);
    session.on('error', () => session.destroy());
    session.on('close', () => sessions.splice(sessions.indexOf(session), 1));
    session.on('pdu', (pdu) => take(pdu, session));
  });

  function take(pdu: PDU, session: Session): void {
    if (pdu.isResponse()) return void responses.push(pdu);
    switch (pdu.command) {
      case 'bind_transceiver': {
        binds.push(pdu);
        const status = station.onBind(pdu);
        if (status !== undefined)
          session.send(pdu.response({ command_status: status, system_id: 'station' }));
        return;
      }
      case 'submit_sm': {
        const fields = station.onSubmit(pdu, session);
        if (fields !== undefined) session.send(pdu.response(fields));
        if (fields !== undefined && (fields.command_status ?? 0) === 0) submitted.push(describe(pdu));
        return;
      }
      case 'enquire_link':
        station.enquiries += 1;
        if (station.answersEnquiries) session.send(pdu.response());
        return;
      default:
        session.send(pdu.response());
    }
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const station: SmppStation = {
    port: (server.address() as AddressInfo).port,
    submitted,
    binds,
    responses,
    sessions,
    onSubmit: () => {
      ids += 1;
      return { message_id: `m${ids}` };
    },
    onBind: () => 0,
    answersEnquiries: true,
    enquiries: 0,
    tell(command, fields) {
      for (const session of sessions) session.send(new smpp.PDU(command, fields));
    },
    async stop() {
      server.close();
      for (const session of [...sessions]) session.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
  return station;
}

function describe(pdu: PDU): Submitted {
  const { short_message } = pdu;
  const isDecoded = typeof short_message === 'object' && 'message' in short_message;
  const text = isDecoded && typeof short_message.message === 'string' ? short_message.message : '';
  const element = isDecoded ? short_message.udh?.find((part) => part[0] === 0) : undefined;
  const [, , reference, total, number] = element ?? [];
  const header = reference === undefined ? undefined : ([reference, total ?? 0, number ?? 0] as const);
  return { to: pdu.destination_addr ?? '', text, pdu, header };
}
