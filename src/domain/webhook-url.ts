// URLs that accounts set for their webhooks. Where one leads is judged each time that it is called (outbound/); this only
// refuses at once what could never be called.

export const WEBHOOK_URL_LENGTH_MAX = 2000;

/** `permitsPlain`: the operator permits networks, in which plain http may be called. */
export function isWebhookUrl(text: string, permitsPlain: boolean): boolean {
  if (text.length > WEBHOOK_URL_LENGTH_MAX || /[^\x21-\x7e]/.test(text)) return false;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (permitsPlain && url.protocol === 'http:');
}
