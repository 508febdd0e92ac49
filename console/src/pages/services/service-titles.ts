// What a service is called where only its alias is at hand; the alias until the services are known.

import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { useServiceWords } from './service-words.ts';

export function useServiceTitles(): (alias: string) => string {
  const words = useServiceWords();
  const { data } = useQuery({
    queryKey: ['services'],
    queryFn: () => call('GET /services', { query: { limit: 100 } }),
  });
  return (alias) => {
    const service = data?.items.find((one) => one.alias === alias);
    return service === undefined ? alias : words.title(service);
  };
}
