import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from './client';
import { useSession } from './queries';
import type { PeopleList, PersonView } from './types';

export function useTeam() {
  return useQuery({ queryKey: ['team'], queryFn: () => ask<PeopleList>('GET', '/account/v1/people') });
}

export interface PersonChange extends Pick<PersonView, 'email' | 'name' | 'role'> {
  readonly active?: boolean;
  readonly reason?: string;
}

/** Invites a person, or changes what it may do. */
export function usePutPerson() {
  const { csrf } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ email, ...body }: PersonChange) =>
      ask<PersonView>('PUT', `/account/v1/people/${encodeURIComponent(email)}`, { body, csrf }),
    onSettled: () => client.invalidateQueries({ queryKey: ['team'] }),
  });
}
