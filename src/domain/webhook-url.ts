// URLs that accounts set for their webhooks. Where one leads is judged each time that it is called (outbound/); this only
// refuses at once what could never be called.

export const WEBHOOK_URL_LENGTH_MAX = 2000;

/** By its form; http is called in networks that the operator permits, and nowhere else. */
export function isWebhookUrl(text: string): boolean {
  if (text.length > WEBHOOK_URL_LENGTH_MAX || /[^\x21-\x7e]/.test(text)) return false;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || url.protocol === 'http:';
}
