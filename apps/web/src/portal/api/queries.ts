import { createContext, useContext } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from './client';
import type { KeyList, KeyView, NewKeyView, RequestDetail, RequestPage, Session, SignedIn, UsageView } from './types';

export const SessionContext = createContext<SignedIn | undefined>(undefined);

/** Who is signed in. Only below the shell, which shows nothing before that is known. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
}

/** A viewer sees what it may not do as text, not as a button that refuses. */
export function useMayChange(): boolean {
  return useSession().role !== 'viewer';
}

export function useSessionQuery() {
  return useQuery({ queryKey: ['session'], queryFn: () => ask<Session>('GET', '/auth/session'), staleTime: 60_000 });
}

export function useKeys() {
  return useQuery({ queryKey: ['keys'], queryFn: () => ask<KeyList>('GET', '/account/v1/keys') });
}

export function useUsage(window: UsageView['window'], mode: 'live' | 'test') {
  return useQuery({
    queryKey: ['usage', window, mode],
    queryFn: () => ask<UsageView>('GET', '/account/v1/usage', { query: { window, mode } }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
}

/** What the list of requests can be narrowed by, as the address says it. */
export const REQUEST_FILTERS = ['status', 'method', 'version', 'key', 'code', 'route', 'requestId', 'from', 'to'] as const; // prettier-ignore

export type RequestFilters = Readonly<Partial<Record<(typeof REQUEST_FILTERS)[number] | 'mode', string>>>;

/** The newest requests that fit; asked again every so many milliseconds when said. */
export function useRequests(filters: RequestFilters, { every, limit = 50 }: { every?: number; limit?: number } = {}) {
  return useQuery({
    queryKey: ['requests', filters, limit],
    queryFn: () => requestPage(filters, limit),
    placeholderData: keepPreviousData,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

export function requestPage(filters: RequestFilters, limit: number, cursor?: string): Promise<RequestPage> {
  return ask<RequestPage>('GET', '/account/v1/requests', { query: { ...filters, limit: String(limit), cursor } });
}

export function useRequest(id: string | undefined) {
  return useQuery({
    queryKey: ['request', id],
    queryFn: () => ask<RequestDetail>('GET', `/account/v1/requests/${id ?? ''}`),
    enabled: id !== undefined,
    staleTime: Infinity,
  });
}

/** One change of the partner's keys; the list is asked for again after it. */
export function useKeyChange<Given extends object, Answer = NewKeyView>(path: (given: Given) => string) {
  const { csrf } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, ...given }: Given & { body: object }) =>
      ask<Answer>('POST', path(given as unknown as Given), { body, csrf }),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}

export const useIssueKey = () => useKeyChange<object>(() => '/account/v1/keys');
export const useRotateKey = () => useKeyChange<{ id: string }>(({ id }) => `/account/v1/keys/${id}/rotate`);
export const useRevokeKey = () => useKeyChange<{ id: string }, KeyView>(({ id }) => `/account/v1/keys/${id}/revoke`);
