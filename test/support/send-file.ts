// Sends a file of subscriber records to a running server as an operator does: whole, or piece by piece without a length.

export interface SentFile {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

export async function sendFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  content: string | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>,
  query = '',
): Promise<SentFile> {
  const isWhole = typeof content === 'string' || content instanceof Uint8Array;
  const answer = await fetch(`${url}/api/v1/operator/registry/uploads${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers },
    body: isWhole ? content : ReadableStream.from(content),
    // What fetch demands of a body that comes in pieces.
    ...(isWhole ? {} : { duplex: 'half' }),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}
