import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from './client';
import { useKeys, useSession } from './queries';
import type { ClientList, ClientView, NewClientView } from './types';

const CLIENTS = '/account/v1/clients';

/** OAuth clients: programs that get their tokens from us, or from the partner's own issuer. */
export function useClients() {
  return useQuery({ queryKey: ['clients'], queryFn: () => ask<ClientList>('GET', CLIENTS) });
}

/** What the partner calls its keys and clients, by their ids. */
export function useCredentialNames(): ReadonlyMap<string, string> {
  const [keys, clients] = [useKeys(), useClients()];
  return new Map([...(keys.data?.keys ?? []), ...(clients.data?.clients ?? [])].map(({ id, name }) => [id, name]));
}

function useClientChange<Given extends { body: object }, Answer>(path: (given: Given) => string) {
  const { csrf } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => ask<Answer>('POST', path(given), { body: given.body, csrf }),
    onSettled: () => client.invalidateQueries({ queryKey: ['clients'] }),
  });
}

export const useCreateClient = () => useClientChange<{ body: object }, NewClientView>(() => CLIENTS);
export const useRotateClient = () =>
  useClientChange<{ id: string; body: object }, NewClientView>(({ id }) => `${CLIENTS}/${id}/rotate`);
export const useRevokeClient = () =>
  useClientChange<{ id: string; body: object }, ClientView>(({ id }) => `${CLIENTS}/${id}/revoke`);
