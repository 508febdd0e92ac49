// Leaves out of a log line every field whose name says that its value is personal or secret, however deep it lies.

type Fields = Record<string, unknown>;

const DEPTH_MAX = 6;

/** Names count without regard to case, so that a wire name and our own may differ in their capital. */
export function createRedaction(names: Iterable<string>): (fields: Fields) => Fields {
  const secret = new Set([...names].map((name) => name.toLowerCase()));

  function keepOf(fields: object, depth: number): Fields {
    const kept: Fields = {};
    for (const [name, value] of Object.entries(fields))
      if (!secret.has(name.toLowerCase())) kept[name] = keep(value, depth);
    return kept;
  }

  function keep(value: unknown, depth: number): unknown {
    // Errors have their own description.
    if (typeof value !== 'object' || value === null || value instanceof Error) return value;
    if (depth >= DEPTH_MAX) return '...';
    if (Array.isArray(value)) return value.map((one) => keep(one, depth + 1));
    return keepOf(value, depth + 1);
  }

  return (fields) => keepOf(fields, 0);
}
