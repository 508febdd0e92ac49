// Waits for what another party does in its own time: looks again each turn of the event loop, for a bounded time.

const PATIENCE_MS = 10_000;

export async function eventually(isSo: () => boolean, what: string): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > untilMs) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
