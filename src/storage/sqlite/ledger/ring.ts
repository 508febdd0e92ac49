// A ring of fixed-size slots in shared memory: one thread writes, one reads. Positions only grow; a slot's index is its
// position modulo the size, which is a power of two.

const WRITTEN = 0;
const READ = 1;
/** 1 while the reader sleeps and wants to be woken. */
const ASLEEP = 2;
const HEADER_BYTES = 64;

export interface Ring {
  /** Byte offset of the slot to fill, or -1 when the ring is full. */
  reserve(): number;
  /** Hands the reserved slot over; a sleeping reader sees it at the next wake(). */
  publish(): void;
  /** Wakes a sleeping reader: once for all that was published, since each wake-up is a system call. */
  wake(): void;
  /** Byte offset of the oldest unread slot, or -1. */
  peek(): number;
  release(): void;
  /** Blocks this thread until something was published or the time is up. Not for the serving thread. */
  waitBlocking(timeoutMs: number): void;
  /** Resolves when something was published. */
  wait(): Promise<unknown>;
  readonly bytes: Buffer;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
}

export function createRingMemory(slots: number, slotBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + slots * slotBytes);
}

export function openRing(memory: SharedArrayBuffer, slotBytes: number): Ring {
  const header = new Int32Array(memory, 0, HEADER_BYTES / 4);
  const slots = (memory.byteLength - HEADER_BYTES) / slotBytes;
  const offsetOf = (position: number): number => HEADER_BYTES + (position & (slots - 1)) * slotBytes;
  let position = 0;

  return {
    reserve() {
      const written = Atomics.load(header, WRITTEN);
      if (((written - Atomics.load(header, READ)) | 0) >= slots) return -1;
      position = written;
      return offsetOf(written);
    },
    publish() {
      Atomics.store(header, WRITTEN, (position + 1) | 0);
    },
    wake() {
      // The mark is the reader's own to clear: cleared here, in the moment between its mark and its sleep, it would
      // let the reader sleep through everything that is published later.
      if (Atomics.load(header, ASLEEP) === 1) Atomics.notify(header, WRITTEN);
    },
    peek() {
      const read = Atomics.load(header, READ);
      return read === Atomics.load(header, WRITTEN) ? -1 : offsetOf(read);
    },
    release() {
      Atomics.store(header, READ, (Atomics.load(header, READ) + 1) | 0);
    },
    waitBlocking(timeoutMs) {
      Atomics.store(header, ASLEEP, 1);
      const read = Atomics.load(header, READ);
      // Returns at once when something was published since.
      if (Atomics.load(header, WRITTEN) === read) Atomics.wait(header, WRITTEN, read, timeoutMs);
      Atomics.store(header, ASLEEP, 0);
    },
    async wait() {
      Atomics.store(header, ASLEEP, 1);
      const read = Atomics.load(header, READ);
      if (Atomics.load(header, WRITTEN) === read) {
        const woken = Atomics.waitAsync(header, WRITTEN, read);
        if (woken.async) await woken.value;
      }
      Atomics.store(header, ASLEEP, 0);
    },
    bytes: Buffer.from(memory),
    integers: new Int32Array(memory),
    doubles: new Float64Array(memory),
  };
}
