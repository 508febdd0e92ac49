// Whatever octets a message centre sends, the process goes on, and so does the channel.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventually } from '../../../test/support/eventually.ts';
import { propertyRuns } from '../../../test/support/property-runs.ts';
import { MESSAGE, openChannel } from '../../../test/support/smpp-channel.ts';
import { startSmppStation } from '../../../test/support/smpp-station.ts';
import { ChannelError } from '../../ports/channel.ts';

const NEVER = new AbortController().signal;
/** Enough turns for an answer on loopback before a deadline of some seconds passes. */
const STEP_MS = 200;
/** The highest of the usual commands. */
const ENQUIRE_LINK = 0x15;

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const body = fc.uint8Array({ maxLength: 300 });
/** Units with a true length and a command that the package knows, or a neighbour of one. */
const likely = fc
  .tuple(fc.nat(ENQUIRE_LINK + 1), fc.boolean(), fc.constantFrom(0, 4, 0x58), fc.nat(8), body)
  .map(([command, isResponse, status, sequence, octets]) =>
    unit(octets.length + 16, isResponse ? command + 0x8000_0000 : command, status, sequence, octets),
  );
const unlikely = fc
  .tuple(word, word, word, word, body)
  .map(([length, command, status, sequence, octets]) => unit(length, command, status, sequence, octets));
const stream = fc.array(fc.oneof(likely, unlikely, body.map(Buffer.from)), { minLength: 1, maxLength: 4 });

test('after any octets from the centre the next message is sent', async (t) => {
  const station = await startSmppStation();
  const { channel, clock } = openChannel(t, station.port);
  t.after(() => station.stop());
  await channel.send(MESSAGE, NEVER);
  await fc.assert(
    fc.asyncProperty(stream, async (parts) => {
      for (const session of station.sessions) session.socket.write(Buffer.concat(parts));
      let isTaken = false;
      const sending = sendUntilTaken().then(() => {
        isTaken = true;
      });
      await eventually(() => {
        clock.advance(STEP_MS);
        return isTaken;
      }, 'the message is taken');
      await sending;
    }),
    propertyRuns(60),
  );

  async function sendUntilTaken(): Promise<void> {
    for (;;) {
      try {
        await channel.send({ ...MESSAGE, expiresMs: Number.MAX_SAFE_INTEGER }, NEVER);
        return;
      } catch (error) {
        assert.ok(error instanceof ChannelError);
      }
    }
  }
});

function unit(length: number, command: number, status: number, sequence: number, octets: Uint8Array): Buffer {
  const head = Buffer.alloc(16);
  for (const [index, value] of [length, command, status, sequence].entries())
    head.writeUInt32BE(value, index * 4);
  return Buffer.concat([head, octets]);
}
