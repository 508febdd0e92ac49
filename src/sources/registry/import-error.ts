// An import that cannot be done as asked; the registry is as it was. The message is for the operator.

import type { Remark } from '../../domain/remark.ts';

export class ImportError extends Error {
  readonly remark: Remark | undefined;

  constructor(message: string, remark?: Remark, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ImportError';
    this.remark = remark;
  }
}
