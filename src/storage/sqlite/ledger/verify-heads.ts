// Walks the signed heads beside the entries: every head must be genuine, follow the one before it, and carry the hash
// that its entry has now.

import type { KeyObject } from 'node:crypto';
import { remark } from '../../../domain/remark.ts';
import { GENESIS_HASH } from './entry.ts';
import { Finding } from './finding.ts';
import { isHeadGenuine, type SignedHead } from './heads.ts';

export interface HeadWalk {
  /** Compares the heads of this entry; entries come in order. */
  pass(seq: number, hash: Uint8Array): void;
  /** After the last entry: a head that is left vouches for an entry that is gone. */
  finish(lastSeq: number): void;
  readonly lastSignedSeq: number;
  /** Of that entry, in hex. */
  readonly lastSignedHash: string;
}

export function walkHeads(
  heads: Iterator<SignedHead | undefined, void, undefined>,
  publicKey: KeyObject,
): HeadWalk {
  let lastSignedSeq = 0;
  let lastSignedHash = '';
  let before: SignedHead | undefined;
  let next = take();
  if (next === undefined)
    throw new Finding(
      'there is no signed head: the file of heads is missing or empty',
      remark('heads_missing'),
    );
  pass(0, GENESIS_HASH);

  function take(): SignedHead | undefined {
    const read = heads.next();
    if (read.done === true) return undefined;
    const head = read.value;
    const line = (before?.number ?? 0) + 1;
    if (head === undefined)
      throw new Finding(
        `line ${line} of the heads cannot be read`,
        remark('head_unreadable', { line }),
        before?.seq,
      );
    if (!isHeadGenuine(head, publicKey))
      throw new Finding(`line ${line} of the heads is forged`, remark('head_forged', { line }), before?.seq);
    const follows =
      before === undefined
        ? head.number === 1 && head.seq === 0 && head.previous === ''
        : head.number === line && head.seq >= before.seq && head.previous === before.signature;
    if (!follows)
      throw new Finding(
        `heads are missing or out of order before line ${line}`,
        remark('heads_disordered', { line }),
      );
    before = head;
    return head;
  }

  function pass(seq: number, hash: Uint8Array): void {
    while (next !== undefined && next.seq === seq) {
      if (!Buffer.from(next.hash, 'hex').equals(hash)) {
        throw new Finding(
          `entry ${seq} is not the one that was signed`,
          remark('entry_not_signed_one', { seq }),
          lastSignedSeq + 1,
        );
      }
      lastSignedSeq = seq;
      lastSignedHash = next.hash;
      next = take();
    }
  }

  return {
    pass,
    finish(lastSeq) {
      if (next === undefined) return;
      throw new Finding(
        `entries after ${lastSeq} are missing: entry ${next.seq} was signed`,
        remark('entries_missing_signed', { last: lastSeq, seq: next.seq }),
        lastSeq + 1,
      );
    },
    get lastSignedSeq() {
      return lastSignedSeq;
    },
    get lastSignedHash() {
      return lastSignedHash;
    },
  };
}
