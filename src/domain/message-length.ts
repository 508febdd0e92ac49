// How long a text is as a text message: its encoding, its length in units of that encoding, and the segments that it travels
// in (3GPP TS 23.040 sections 9.2.3.16 and 9.2.3.24.1, with an 8-bit reference).

import { findSeptets } from './gsm-alphabet.ts';

export type TextEncoding = 'gsm7' | 'ucs2';

export interface TextMeasure {
  readonly encoding: TextEncoding;
  /** Septets of gsm7, 16-bit units of ucs2; without the headers of segments. */
  readonly units: number;
  /** Text messages that are sent and paid for; an empty text is one too. */
  readonly segments: number;
}

export interface SplitText {
  readonly encoding: TextEncoding;
  /** The text in its order, never empty. */
  readonly segments: readonly string[];
}

/** Units in a message that is alone, and in one of several, which begins with a header of six octets. */
const ROOM = { gsm7: { alone: 160, segment: 153 }, ucs2: { alone: 70, segment: 67 } } as const;

export function measureText(text: string): TextMeasure {
  const encoding = chooseEncoding(text);
  return { encoding, units: countUnits(encoding, text), segments: splitText(text).segments.length };
}

/** No character is torn apart: neither an escape from its septet nor one half of a surrogate pair from the other. */
export function splitText(text: string): SplitText {
  const encoding = chooseEncoding(text);
  const { alone, segment } = ROOM[encoding];
  if (countUnits(encoding, text) <= alone) return { encoding, segments: [text] };
  const segments: string[] = [];
  let part = '';
  let used = 0;
  for (const character of text) {
    const units = countUnits(encoding, character);
    if (used + units > segment) {
      segments.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += units;
  }
  return { encoding, segments: [...segments, part] };
}

function chooseEncoding(text: string): TextEncoding {
  for (const character of text) if (findSeptets(character) === undefined) return 'ucs2';
  return 'gsm7';
}

function countUnits(encoding: TextEncoding, text: string): number {
  if (encoding === 'ucs2') return text.length;
  let septets = 0;
  for (const character of text) septets += findSeptets(character)?.length ?? 0;
  return septets;
}
