// A JSON schema as somebody would write the value down: members, types, and what a member means behind it.

interface Schema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

const plain = (schema: object): Schema => JSON.parse(JSON.stringify(schema)) as Schema;

/** One line: 'integer or null', '"en" or "zh"', 'list of string'. */
export function nameType(given: object): string {
  const schema = plain(given);
  if (schema.anyOf !== undefined) return schema.anyOf.map(nameType).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items !== undefined) return `list of ${nameType(schema.items)}`;
  return typeof schema.type === 'string' ? schema.type : 'any';
}

/** What a value must keep to, beside its type. */
export function nameLimits(given: object): string {
  const schema = plain(given);
  const { minimum, maximum, minLength, maxLength } = schema.anyOf?.[0] ?? schema;
  const isUncountable = maximum === Number.MAX_SAFE_INTEGER;
  const length = range(minLength, maxLength);
  return [range(minimum, isUncountable ? undefined : maximum), length === '' ? '' : `${length} characters`]
    .filter((text) => text !== '')
    .join(', ');
}

function range(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? '' : `at most ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

export function sketch(given: object, indent = ''): string {
  const schema = plain(given);
  const { items, properties } = schema;
  if (items !== undefined) return `[${sketch(items, indent)}, ...]`;
  if (properties === undefined || Object.keys(properties).length === 0)
    return schema.type === 'object' ? '{...}' : nameType(schema);
  const inner = `${indent}  `;
  const rows = Object.entries(properties).map(([name, member]) => {
    const isOptional = !(schema.required ?? []).includes(name);
    const { description } = member;
    return `${inner}${name}${isOptional ? '?' : ''}: ${sketch(member, inner)}${description === undefined ? '' : `  // ${description}`}`;
  });
  return ['{', ...rows, `${indent}}`].join('\n');
}
