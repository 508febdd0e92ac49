// The certificate and its key, as the settings name them.

import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../config/load.ts';
import { type Configuration, flagOf } from '../config/options.ts';

export interface Tls {
  readonly cert: string;
  readonly key: string;
}

export function readTls({ tlsCert, tlsKey }: Pick<Configuration, 'tlsCert' | 'tlsKey'>): Tls | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined)
    throw new ConfigurationError('TLS needs both --tls-cert and --tls-key');
  return { cert: readPem('tlsCert', tlsCert), key: readPem('tlsKey', tlsKey) };
}

function readPem(option: 'tlsCert' | 'tlsKey', path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Error(`${flagOf(option)}: ${path} cannot be read (${why})`);
  }
}
