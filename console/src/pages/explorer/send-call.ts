// One call of the Explorer, as any client would send it, and what came back.

export interface Sent {
  readonly status: number;
  readonly tookMs: number;
  readonly requestId: string;
  readonly body: string;
}

/** The token goes with this call alone: it is kept nowhere. */
export async function sendCall(
  path: string,
  token: string,
  values: Readonly<Record<string, string>>,
): Promise<Sent> {
  const startedMs = performance.now();
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'omit',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(values),
  });
  const body = await response.text();
  return {
    status: response.status,
    tookMs: Math.round(performance.now() - startedMs),
    requestId: response.headers.get('x-request-id') ?? '',
    body: pretty(body),
  };
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
