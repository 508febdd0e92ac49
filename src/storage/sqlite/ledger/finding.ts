// What ends a verification: the first thing that is not as it must be.

import type { Remark } from '../../../domain/remark.ts';

export class Finding extends Error {
  /** The first entry that cannot be trusted; undefined when the chain itself is sound. */
  readonly seq: number | undefined;

  readonly remark: Remark | undefined;

  constructor(reason: string, remark?: Remark, seq?: number) {
    super(reason);
    this.remark = remark;
    this.seq = seq;
  }
}
