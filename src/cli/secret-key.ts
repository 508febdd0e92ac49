// --secret-key, whose value others on the machine can read in the list of processes, or a dash, which reads it from
// standard input instead.

import { type CommandContext, type OptionValues, textOption, UsageError } from './command.ts';

export const FROM_INPUT = '-';
/** No secret key is longer; a file given by mistake is not read to its end. */
const INPUT_MAX_CHARACTERS = 1024;

export async function readSecretKey(
  { input }: CommandContext,
  options: OptionValues,
): Promise<string | undefined> {
  const given = textOption(options, 'secretKey');
  if (given !== FROM_INPUT) return given;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input()) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > INPUT_MAX_CHARACTERS) break;
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '' || /\s/.test(secret) || text.length > INPUT_MAX_CHARACTERS)
    throw new UsageError(
      '--secret-key - reads one line from standard input: the secret key and nothing else',
    );
  return secret;
}
