// sign: a curl command whose signature (TC3) is valid for a few minutes; asks nobody.

import { signCall, WIRE_NAMES } from '../app/sign.ts';
import { type Command, type CommandContext, requiredText, textOption, UsageError } from './command.ts';
import { readSecretKey } from './secret-key.ts';
import { demandWireAction } from './wire-action.ts';

export const sign: Command = {
  name: 'sign',
  summary: 'Prints a ready curl command for one call, signed now and valid for five minutes.',
  arguments: [{ name: '<ACTION>', description: WIRE_NAMES.join(', ') }],
  options: [
    { flags: '--input <JSON>', description: 'the parameters as on the wire (default: {})' },
    { flags: '--secret-id <ID>', description: 'id of the key', required: true },
    {
      flags: '--secret-key <KEY>',
      description: 'its secret, which does not show in what is printed; - reads it from standard input',
      required: true,
    },
    {
      flags: '--endpoint <URL>',
      description: 'where the call goes (default: host and port of the settings)',
    },
  ],
  examples: [
    `sign MobileStatus --input '{"Mobile":"13800138000"}' --secret-id ID --secret-key - < secret.txt`,
    `sign GetCallerIdentity --endpoint https://lineproof.example --secret-id ID --secret-key - < secret.txt`,
  ],
  async run(context, [name = ''], options) {
    const wire = demandWireAction(name);
    const body = readInput(textOption(options, 'input'));
    const url = readEndpoint(textOption(options, 'endpoint') ?? ownEndpoint(context));
    const secretKey = await readSecretKey(context, options);
    if (secretKey === undefined || secretKey === '') throw new UsageError('--secret-key needs a value');
    const headers = signCall({
      wire,
      body,
      url,
      secretId: requiredText(options, 'secretId'),
      secretKey,
      timestampSeconds: Math.floor(context.clock.nowMs() / 1000),
    });
    const curl = [
      `curl -s ${quote(url.href)}`,
      ...Object.entries(headers).map(([header, value]) => `-H ${quote(`${header}: ${value}`)}`),
      `--data-raw ${quote(body)}`,
    ].join(' ');
    context.output.result({ curl, method: 'POST', url: url.href, headers, body }, [curl]);
    return 0;
  },
};

/** Sent as it was given: only that it is one JSON object is checked. */
function readInput(text = '{}'): string {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return text;
  } catch {
    // The message below says what is expected.
  }
  throw new UsageError('--input must be one JSON object');
}

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError('--endpoint must be an address that starts with http:// or https://');
  if (url.search !== '' || url.hash !== '' || url.username !== '')
    throw new UsageError('--endpoint must have no query, fragment or user');
  return url;
}

function ownEndpoint({ configuration }: CommandContext): string {
  const { tlsCert, port } = configuration;
  const named = { '0.0.0.0': '127.0.0.1', '::': '::1' }[configuration.host] ?? configuration.host;
  const host = named.includes(':') ? `[${named}]` : named;
  return `${tlsCert === undefined ? 'http' : 'https'}://${host}:${port}/`;
}

/** For sh and bash. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
