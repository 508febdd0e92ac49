// What is used of the package `smpp`, which brings no types: sessions that read and write protocol data units (PDU), and the
// server side for tests.

declare module 'smpp' {
  import type { EventEmitter } from 'node:events';

  /** Of a text field: decoded where the package knows the coding. */
  export interface DecodedText {
    readonly message: string | Buffer;
    readonly udh?: readonly Buffer[];
  }

  export interface PduFields {
    readonly [field: string]: string | number | Buffer | undefined;
  }

  export class PDU {
    constructor(command: string, fields?: PduFields);
    constructor(octets: Buffer);
    readonly command: string;
    readonly command_id: number;
    readonly command_status: number;
    sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly system_type?: string;
    readonly interface_version?: number;
    readonly source_addr?: string;
    readonly source_addr_ton?: number;
    readonly source_addr_npi?: number;
    readonly destination_addr?: string;
    readonly dest_addr_ton?: number;
    readonly dest_addr_npi?: number;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly registered_delivery?: number;
    readonly validity_period?: Date | string;
    readonly message_id?: string;
    readonly short_message?: DecodedText | Buffer | string;
    readonly message_payload?: DecodedText | Buffer | string;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    isResponse(): boolean;
    response(fields?: PduFields): PDU;
    toBuffer(): Buffer;
  }

  export class Session extends EventEmitter<{
    connect: [];
    secureConnect: [];
    close: [];
    error: [Error];
    pdu: [PDU];
  }> {
    readonly socket: { readonly writableLength: number; write(octets: Uint8Array): boolean };
    /** false when the socket cannot be written to. */
    send(pdu: PDU, onResponse?: (pdu: PDU) => void, onWritten?: (() => void) | undefined): boolean;
    destroy(): void;
  }

  export interface ConnectOptions {
    readonly host: string;
    readonly port: number;
    readonly noDelay?: boolean;
    readonly tls?: boolean;
    readonly ca?: string;
    readonly minVersion?: 'TLSv1.2';
  }

  /** Of the net module, as far as it is used. */
  export interface SmppServer extends EventEmitter {
    readonly listening: boolean;
    listen(port: number, host: string): void;
    address(): unknown;
    close(): void;
  }

  /** A CommonJS module, of which only the whole can be imported. */
  const smpp: {
    readonly PDU: typeof PDU;
    connect(options: ConnectOptions): Session;
    createServer(
      options: { readonly key?: string; readonly cert?: string; readonly noDelay?: boolean },
      listener: (session: Session) => void,
    ): SmppServer;
    /** Names of command states, with their numbers. */
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}
