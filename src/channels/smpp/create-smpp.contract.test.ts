// The contract of message channels, against a real message centre.

import type { PduFields } from 'smpp';
import { type StationMood, testMessageChannelContract } from '../../../test/contract/message-channel.ts';
import { MESSAGE, openChannel } from '../../../test/support/smpp-channel.ts';
import { startSmppStation } from '../../../test/support/smpp-station.ts';

const REFUSED = 0x0000_000b;

testMessageChannelContract('smpp', async (t, mood) => {
  const station = await startSmppStation();
  const reached = Promise.withResolvers<void>();
  const take = station.onSubmit;
  station.onSubmit = (submit, session) => {
    reached.resolve();
    if (mood === 'dropping') session.destroy();
    return answerAs(mood, () => take(submit, session));
  };
  if (mood === 'down') await station.stop();
  const { channel, clock } = openChannel(t, station.port);
  if (mood === 'down') void clock.whenRetrying().then(reached.resolve);
  t.after(() => station.stop());
  return {
    channel,
    message: MESSAGE,
    givesReferences: true,
    reached: reached.promise,
    taken: () => station.submitted.map(({ text }) => text),
    connections: () => station.sessions.length,
    stop: () => station.stop(),
  };
});

function answerAs(mood: StationMood, take: () => PduFields | undefined): PduFields | undefined {
  if (mood === 'taking') return take();
  return mood === 'refusing' ? { command_status: REFUSED } : undefined;
}
