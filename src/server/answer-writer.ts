// Writes the answers of the signed route to bare sockets: status, headers, length and body as one piece of text.

import type { Socket } from 'node:net';
import type { HotAnswer } from './hot-route.ts';

const { STATUS_CODES } = process.getBuiltinModule('node:http');

const NOT_PRINTABLE = /[^\t\x20-\x7e]/;
const NOT_ASCII = /[^\0-\x7f]/;

export interface AnswerWriter {
  /** false when the socket's buffer is full, or when the answer could not be sent and the connection is gone. */
  write(socket: Socket, answer: HotAnswer, closes: boolean, nowMs: number): boolean;
}

export function createAnswerWriter(keepAliveTimeoutMs: number): AnswerWriter {
  const timeout = Math.floor(keepAliveTimeoutMs / 1000);
  const keepAlive = `\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${timeout}\r\n\r\n`;
  let dateSecond = Number.NaN;
  let date = '';
  let lastStatus = 0;
  let lastHeaders: readonly string[] | undefined;
  let lastText = '';

  function dateOf(nowMs: number): string {
    const second = Math.floor(nowMs / 1000);
    if (second !== dateSecond) {
      dateSecond = second;
      date = new Date(second * 1000).toUTCString();
    }
    return date;
  }

  /** Nearly all answers share one status and one array of headers. undefined where a header must not be sent. */
  function startOf(status: number, headers: readonly string[]): string | undefined {
    if (headers === lastHeaders && status === lastStatus) return lastText;
    let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n`;
    for (let at = 0; at < headers.length; at += 2) {
      const line = `${headers[at]}: ${headers[at + 1]}`;
      if (NOT_PRINTABLE.test(line)) return undefined;
      text += `${line}\r\n`;
    }
    lastStatus = status;
    lastHeaders = headers;
    lastText = `${text}Content-Length: `;
    return lastText;
  }

  return {
    write(socket, { status = 200, headers, body }, closes, nowMs) {
      const start = startOf(status, headers);
      if (start === undefined) {
        // A header that cannot be sent must cost its own connection only, never the process.
        socket.destroy();
        return false;
      }
      const end = closes ? '\r\nConnection: close\r\n\r\n' : keepAlive;
      const isAscii = !NOT_ASCII.test(body);
      const length = isAscii ? body.length : Buffer.byteLength(body);
      // Plain ASCII goes out as it is, without an encoder.
      return socket.write(
        `${start}${length}\r\nDate: ${dateOf(nowMs)}${end}${body}`,
        isAscii ? 'latin1' : 'utf8',
      );
    },
  };
}
