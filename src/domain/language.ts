// The languages that answers are written in.

export type Language = 'en' | 'zh';
