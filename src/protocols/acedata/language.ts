// Descriptions are English, and Chinese for whoever prefers that: the first language of Accept-Language decides.

import type { Language } from '../../core/call.ts';
import { type AceDataRequest, findHeader } from './request.ts';

const CHINESE = /^\s*zh\b/i;

export function languageOf({ rawHeaders }: AceDataRequest): Language {
  const accepted = findHeader(rawHeaders, 'accept-language');
  return accepted !== undefined && CHINESE.test(accepted) ? 'zh' : 'en';
}
