import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import type { ChangelogView } from './types';

/** What changed and what will end; what this partner calls of it is counted within a second. */
export function useChangelog() {
  return useQuery({
    queryKey: ['changelog'],
    queryFn: () => ask<ChangelogView>('GET', '/account/v1/changelog'),
    refetchInterval: 60_000,
  });
}
