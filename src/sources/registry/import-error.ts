// An import that cannot be done as asked; the registry is as it was. The message is for the operator.

export class ImportError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ImportError';
  }
}
