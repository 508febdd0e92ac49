// A text in pieces, whose first failure is an error like any other, because it comes before the answer begins.

/** Waits for the first piece; rejects where it fails. A reader that goes away ends the text too. */
export async function streamOf(text: AsyncIterable<string>): Promise<AsyncIterableIterator<string>> {
  const pieces = text[Symbol.asyncIterator]();
  return joinPieces(await pieces.next(), pieces);
}

/** No generator, which would not see a reader that goes before the first piece. */
function joinPieces(
  first: IteratorResult<string>,
  rest: AsyncIterator<string>,
): AsyncIterableIterator<string> {
  let next: IteratorResult<string> | undefined = first;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const piece = next ?? (await rest.next());
      next = undefined;
      return piece;
    },
    async return() {
      await rest.return?.();
      return { done: true, value: undefined };
    },
  };
}
