// Keeps one connection bound to the message centre as transceiver (SMPP 3.4 sections 2.2 and 4.1): asks at intervals whether
// the other side still lives, and binds again after growing waits, part of which is chance.

import smpp, { type PDU } from 'smpp';
import { ChannelError } from '../../ports/channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { startDeadline } from './deadline.ts';
import { nameStatus, STATUS } from './pdu-status.ts';
import { openWire, type Wire, WireError, type WireOptions } from './wire.ts';

export interface LinkOptions extends Omit<WireOptions, 'onRequest'> {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  /** From the first step of connecting until bound. */
  readonly bindTimeoutMs: number;
  /** Between two enquire_link requests. */
  readonly enquireIntervalMs: number;
  readonly enquireTimeoutMs: number;
  /** The first wait before binding again; it doubles up to the longest. */
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves with whether it was taken, which the answer then says; never rejects. */
  readonly onDelivery: (delivery: PDU) => Promise<boolean>;
  /** Told of each change; `reason` is a code, empty when bound. */
  readonly onChange: (isBound: boolean, reason: string) => void;
}

export interface Link {
  /** The bound connection, as soon as there is one. Throws ChannelError: nothing was sent. */
  whenBound(signal: AbortSignal): Promise<Wire>;
  isBound(): boolean;
  /** Unbinds and ends; resolves when the socket is closed. */
  close(): Promise<void>;
}

const INTERFACE_VERSION = 0x34;
const DOUBLINGS_MAX = 20;

export function createLink(options: LinkOptions): Link {
  const { clock, random, systemId, password, systemType, onDelivery, onChange } = options;
  const closing = new AbortController();
  const waiting = new Set<{ readonly tell: () => void }>();
  let open: Wire | undefined;
  let bound: Wire | undefined;
  let lastReason = 'not_bound';

  async function stayBound(): Promise<void> {
    for (let failures = 1; !closing.signal.aborted; failures += 1) {
      const sinceMs = clock.nowMs();
      await holdConnection();
      // One that held for a while was a good one; one that is lost again and again is not stormed.
      if (clock.nowMs() - sinceMs > options.retryMaxMs) failures = 1;
      if (!closing.signal.aborted) await clock.sleep(waitBefore(failures), closing.signal).catch(() => {});
    }
  }

  /** Resolves when the connection is gone. */
  async function holdConnection(): Promise<void> {
    const wire = openWire({ ...options, onRequest: (request) => answer(wire, request) });
    open = wire;
    const endDeadline = startDeadline(clock, options.bindTimeoutMs, () => wire.drop('bind_timeout'));
    try {
      await bind(wire);
      endDeadline();
      bound = wire;
      onChange(true, '');
      for (const { tell } of waiting) tell();
      await keepAlive(wire);
    } catch (error) {
      wire.drop(error instanceof WireError ? error.reason : 'defect');
    }
    endDeadline();
    const wasBound = bound === wire;
    bound = undefined;
    const reason = await wire.lost;
    // One that says again and again that it is still down tells nothing new.
    if (wasBound || reason !== lastReason) onChange(false, reason);
    lastReason = reason;
    await wire.gone;
  }

  async function bind(wire: Wire): Promise<void> {
    await wire.opened;
    const { command, command_status } = await wire.request(
      new smpp.PDU('bind_transceiver', {
        ...{ system_id: systemId, password, system_type: systemType },
        interface_version: INTERFACE_VERSION,
      }),
    );
    if (command_status !== STATUS.ok) throw new WireError(nameStatus(command_status), true);
    if (command !== 'bind_transceiver_resp') throw new WireError('bad_pdu', true);
  }

  async function keepAlive(wire: Wire): Promise<void> {
    const ended = new AbortController();
    const isLost = wire.lost.then(() => ended.abort());
    while (!ended.signal.aborted) {
      await Promise.race([clock.sleep(options.enquireIntervalMs, ended.signal).catch(() => {}), isLost]);
      if (ended.signal.aborted) return;
      const endDeadline = startDeadline(clock, options.enquireTimeoutMs, () => wire.drop('enquire_timeout'));
      await wire.request(new smpp.PDU('enquire_link')).finally(endDeadline);
    }
  }

  function answer(wire: Wire, request: PDU): void {
    switch (request.command) {
      case 'deliver_sm':
      case 'data_sm':
        void confirm(wire, request);
        return;
      case 'enquire_link':
        wire.answer(request.response());
        return;
      case 'unbind':
        wire.answer(request.response(), () => wire.drop('unbound'));
        return;
      case 'alert_notification':
      case 'outbind':
        return;
      default:
        wire.answer(refuse(request));
    }
  }

  /** Only what is kept is taken over: the centre delivers the rest again. */
  async function confirm(wire: Wire, delivery: PDU): Promise<void> {
    const isTaken = await onDelivery(delivery);
    wire.answer(delivery.response(isTaken ? {} : { command_status: STATUS.temporaryError }));
  }

  /** Half of the wait is chance: clients that lost one centre do not come back together. */
  function waitBefore(attempt: number): number {
    const doubled = options.retryBaseMs * 2 ** Math.min(attempt - 1, DOUBLINGS_MAX);
    const fullMs = Math.min(doubled, options.retryMaxMs);
    return Math.round(fullMs / 2 + (fullMs / 2) * (random.bytes(4).readUInt32BE() / 2 ** 32));
  }

  async function unbind(wire: Wire): Promise<void> {
    const endDeadline = startDeadline(clock, options.enquireTimeoutMs, () => wire.drop('closed'));
    await wire.request(new smpp.PDU('unbind')).catch(() => {});
    endDeadline();
  }

  const running = stayBound();
  return {
    whenBound(signal) {
      if (closing.signal.aborted) return Promise.reject(new ChannelError('closed', true));
      if (signal.aborted) return Promise.reject(new ChannelError('timeout', true));
      if (bound !== undefined) return Promise.resolve(bound);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => () => {
          waiting.delete(waiter);
          signal.removeEventListener('abort', giveUp);
          closing.signal.removeEventListener('abort', stop);
          settle();
        };
        const giveUp = end(() => reject(new ChannelError(lastReason, true)));
        const stop = end(() => reject(new ChannelError('closed', true)));
        const waiter = { tell: end(() => bound !== undefined && resolve(bound)) };
        waiting.add(waiter);
        signal.addEventListener('abort', giveUp);
        closing.signal.addEventListener('abort', stop);
      });
    },
    isBound: () => bound !== undefined,
    async close() {
      closing.abort();
      if (bound !== undefined) await unbind(bound);
      open?.drop('closed');
      await running;
    },
  };
}

function refuse(request: PDU): PDU {
  const { sequence_number } = request;
  return new smpp.PDU('generic_nack', { command_status: STATUS.invalidCommand, sequence_number });
}
