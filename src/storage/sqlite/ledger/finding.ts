// What ends a verification: the first thing that is not as it must be.

export class Finding extends Error {
  /** The first entry that cannot be trusted; undefined when the chain itself is sound. */
  readonly seq: number | undefined;

  constructor(reason: string, seq?: number) {
    super(reason);
    this.seq = seq;
  }
}
