// How a template reads and how long it gets, filled as a message would be.

import type { ContactKind } from '../../domain/contact.ts';
import { measureText, type TextMeasure } from '../../domain/message-length.ts';
import { fillTemplate, type MessageText } from '../../domain/message-template.ts';
import type { TemplateLimits } from './context.ts';

export interface FilledTemplate extends MessageText {
  /** Of a text message; mails have none. */
  readonly measure: TextMeasure | undefined;
  readonly fits: boolean;
}

/** `name` stands for {name}. */
export function fillSample(
  { segmentsMax, sampleCode, minutes }: TemplateLimits,
  kind: ContactKind,
  template: MessageText,
  name: string,
): FilledTemplate {
  const filled = fillTemplate(template, { code: sampleCode, minutes, name });
  if (kind === 'email') return { ...filled, measure: undefined, fits: true };
  const measure = measureText(filled.text);
  return { ...filled, measure, fits: measure.segments <= segmentsMax };
}
