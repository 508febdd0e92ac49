// How many bytes of request bodies are held at once, over all connections: without a sum, each connection's own limit
// allows as many bodies as there may be connections.

export interface ByteBudget {
  /** false when that would be too much; then nothing was taken. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createByteBudget(maxBytes: number): ByteBudget {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > maxBytes) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
  };
}
