// A text as the octets of short_message: GSM 7-bit or UCS-2, with the user data header of concatenated messages where one
// does not hold it (3GPP TS 23.040 section 9.2.3.24.1, TS 23.038 section 6.1.2.1; SMPP 3.4 sections 5.2.12 and 5.2.19).

import { findSeptets } from '../../domain/gsm-alphabet.ts';
import { splitText } from '../../domain/message-length.ts';

/** Message centres expect one septet an octet, some of them eight septets in seven octets. */
export type SeptetPacking = 'unpacked' | 'packed';

export interface EncodedSegment {
  readonly octets: Buffer;
  readonly dataCoding: number;
  /** Does a user data header come first? */
  readonly hasHeader: boolean;
}

const DATA_CODING = { gsm7: 0, ucs2: 8 } as const;
const SEPTET_BITS = 7;
const OCTET_BITS = 8;
const CARRIAGE_RETURN = 0x0d;
const NO_HEADER = Buffer.alloc(0);

/** `reference` (one octet) tells which segments belong together; its use begins with the second segment. */
export function encodeText(
  text: string,
  packing: SeptetPacking,
  reference: number,
): readonly EncodedSegment[] {
  const { encoding, segments } = splitText(text);
  return segments.map((segment, index) => {
    const hasHeader = segments.length > 1;
    const header = hasHeader
      ? Buffer.from([5, 0, 3, reference & 0xff, segments.length, index + 1])
      : NO_HEADER;
    const body = encoding === 'ucs2' ? encodeUcs2(segment) : encodeSeptets(segment, packing, header.length);
    return { octets: Buffer.concat([header, body]), dataCoding: DATA_CODING[encoding], hasHeader };
  });
}

function encodeUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

function encodeSeptets(text: string, packing: SeptetPacking, headerOctets: number): Buffer {
  const septets = [...text].flatMap((character) => findSeptets(character) ?? []);
  return packing === 'packed' ? packSeptets(septets, headerOctets) : Buffer.from(septets);
}

/** Septets begin at a multiple of seven bits from the beginning of the header. */
function packSeptets(septets: readonly number[], headerOctets: number): Buffer {
  const fillBits = (SEPTET_BITS - ((headerOctets * OCTET_BITS) % SEPTET_BITS)) % SEPTET_BITS;
  const spareBits = (OCTET_BITS - ((fillBits + septets.length * SEPTET_BITS) % OCTET_BITS)) % OCTET_BITS;
  // Seven spare bits would be read as one more character.
  const all = spareBits === SEPTET_BITS ? [...septets, CARRIAGE_RETURN] : septets;
  const packed = Buffer.alloc(Math.ceil((fillBits + all.length * SEPTET_BITS) / OCTET_BITS));
  all.forEach((septet, index) => {
    const at = fillBits + index * SEPTET_BITS;
    const octet = Math.floor(at / OCTET_BITS);
    const bits = septet << (at % OCTET_BITS);
    packed[octet] = (packed[octet] ?? 0) | (bits & 0xff);
    if (bits > 0xff) packed[octet + 1] = bits >> OCTET_BITS;
  });
  return packed;
}
