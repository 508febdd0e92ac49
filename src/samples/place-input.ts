// Values of a form where they go on the wire: into the path, into headers, and the rest into the body.

export interface PlacedInput<Value> {
  /** Percent-encoded; a name without a value stays in its braces. */
  readonly path: string;
  /** By the names in the path, not encoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly [name: string]: Value };
}

/** `path` has the names of fields in braces: '/verifications/{id}/check'. */
export function placeInput<Value>(
  path: string,
  headerNames: readonly string[],
  input: { readonly [name: string]: Value },
): PlacedInput<Value> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const textsOf = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => (isGiven(input, name) ? [[name, String(input[name]).toWellFormed()]] : [])),
    ) as Readonly<Record<string, string>>;
  const parameters = textsOf(inPath);
  const elsewhere = new Set([...inPath, ...headerNames]);
  return {
    path: path.replace(/\{(\w+)\}/g, (braces, name: string) =>
      parameters[name] === undefined ? braces : encodeURIComponent(parameters[name]),
    ),
    parameters,
    headers: textsOf(headerNames),
    body: Object.fromEntries(Object.entries(input).filter(([name]) => !elsewhere.has(name))),
  };
}

function isGiven(input: object, name: string): boolean {
  const value = Object.hasOwn(input, name) ? (input as Readonly<Record<string, unknown>>)[name] : undefined;
  return value !== undefined && value !== null && value !== '';
}
