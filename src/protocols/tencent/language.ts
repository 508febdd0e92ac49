// The language of messages: header X-TC-Language, or the parameter Language of an older signature. It is looked up again
// when a fault is rendered, because a request can fail before anything of it is parsed.

import type { Language } from '../../core/call.ts';
import { findHeader, splitTarget, type TencentRequest } from './request.ts';

const PARAMETER = /(?:^|&)Language=([A-Za-z-]{2,16})/g;
const SEARCHED_BYTES = 65_536;

export function languageOf(text: string | undefined, otherwise: Language): Language {
  if (text === undefined || text === '') return otherwise;
  return /^zh\b/i.test(text) ? 'zh' : 'en';
}

export function findLanguage(request: TencentRequest, otherwise: Language): Language {
  const header = findHeader(request.rawHeaders, 'x-tc-language');
  if (header !== undefined) return languageOf(header, otherwise);
  const isForm = /^application\/x-www-form-urlencoded/i.test(
    findHeader(request.rawHeaders, 'content-type') ?? '',
  );
  const form = isForm ? request.body.toString('latin1', 0, SEARCHED_BYTES) : '';
  const last = [...(form || splitTarget(request.url).query).matchAll(PARAMETER)].at(-1);
  return languageOf(last?.[1], otherwise);
}
