import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from './client';
import { useSession } from './queries';
import type { Delivery, DeliveryDetail, DeliveryPage, Endpoint, EndpointContent, EndpointList, EventPage, EventTypeList, NewEndpoint, PartnerEvent, WebhookReplay } from './types'; // prettier-ignore

const ENDPOINTS = '/portal/v1/webhook-endpoints';
const DELIVERIES = '/portal/v1/webhook-deliveries';

export function useEndpoints() {
  return useQuery({ queryKey: ['webhooks', 'endpoints'], queryFn: () => ask<EndpointList>('GET', ENDPOINTS) });
}

export function useEventTypes() {
  return useQuery({
    queryKey: ['event-types'],
    queryFn: () => ask<EventTypeList>('GET', '/portal/v1/event-types'),
    staleTime: Infinity,
  });
}

export type DeliveryFilters = Readonly<Partial<Record<'state' | 'eventType' | 'event', string>>>;

export function deliveryPage(endpoint: string, filters: DeliveryFilters, limit: number, cursor?: string) {
  const query = { ...filters, limit: String(limit), cursor };
  return ask<DeliveryPage>('GET', `${ENDPOINTS}/${endpoint}/deliveries`, { query });
}

/** The newest deliveries, asked for again and again: they say how those on the screen go on. */
export function useNewestDeliveries(endpoint: string, filters: DeliveryFilters, every: number, limit = 50) {
  return useQuery({
    queryKey: ['webhooks', 'deliveries', 'newest', endpoint, filters, limit],
    queryFn: () => deliveryPage(endpoint, filters, limit),
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
}

export function useDelivery(id: string | undefined) {
  return useQuery({
    queryKey: ['webhooks', 'delivery', id],
    queryFn: () => ask<DeliveryDetail>('GET', `${DELIVERIES}/${id ?? ''}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'PENDING' ? 2000 : false),
  });
}

/** One event at every endpoint that it was for. */
export function useDeliveriesOf(event: string) {
  const endpoints = useEndpoints();
  return useQuery({
    queryKey: ['webhooks', 'of', event, endpoints.data?.endpoints.map(({ id }) => id)],
    queryFn: async () => {
      const places = endpoints.data?.endpoints ?? [];
      const pages = await Promise.all(places.map(({ id }) => deliveryPage(id, { event }, 1)));
      return pages.flatMap(({ deliveries }, index) => deliveries.map((delivery) => ({ delivery, url: places[index]?.url ?? '' }))); // prettier-ignore
    },
    enabled: endpoints.isSuccess,
  });
}

interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly ifMatch?: string;
}

/** One change of the partner's webhooks; all that is shown of them is asked for again after it. */
function useChange<Given, Answer>(changeOf: (given: Given) => Change) {
  const { csrf } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => {
      const { method, path, ...rest } = changeOf(given);
      return ask<Answer>(method, path, { ...rest, csrf });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
}

interface Named {
  readonly id: string;
}
export const useCreateEndpoint = () =>
  useChange<EndpointContent, NewEndpoint>((body) => ({ method: 'POST', path: ENDPOINTS, body }));

/** Over the version that was looked at: a change that somebody else has made meanwhile is not lost. */
export const useUpdateEndpoint = () =>
  useChange<{ endpoint: Endpoint; content: EndpointContent }, Endpoint>(({ endpoint, content }) => ({
    ...{ method: 'PUT', path: `${ENDPOINTS}/${endpoint.id}`, body: content, ifMatch: `"${endpoint.version}"` },
  }));

/** What belonged to it is not asked for again: only the list is, from which it goes at once. */
export function useDeleteEndpoint() {
  const { csrf } = useSession();
  const client = useQueryClient();
  const list = ['webhooks', 'endpoints'];
  return useMutation({
    mutationFn: ({ id, version }: Endpoint) =>
      ask<undefined>('DELETE', `${ENDPOINTS}/${id}`, { ifMatch: `"${version}"`, csrf }),
    onSuccess: (_, { id }) =>
      client.setQueryData<EndpointList>(list, (known) => known && { endpoints: known.endpoints.filter((each) => each.id !== id) }), // prettier-ignore
    onError: () => client.invalidateQueries({ queryKey: list }),
  });
}

export const useRotateSecret = () =>
  useChange<Named & { overlapHours: number }, NewEndpoint>(({ id, ...body }) => ({
    ...{ method: 'POST', path: `${ENDPOINTS}/${id}/rotate-secret`, body },
  }));

export const useTestEvent = () =>
  useChange<Named, Delivery>(({ id }) => ({ method: 'POST', path: `${ENDPOINTS}/${id}/test` }));

export const useReplay = () =>
  useChange<Named & { what: 'FAILED' | 'ALL'; from: string; to?: string }, WebhookReplay>(({ id, ...body }) => ({
    ...{ method: 'POST', path: `${ENDPOINTS}/${id}/replay`, body },
  }));

export const useRedeliver = () =>
  useChange<Named, Delivery>(({ id }) => ({ method: 'POST', path: `${DELIVERIES}/${id}/redeliver` }));

/** A change replaces all settings: those of an endpoint, for what stays. */
export function contentOf({ url, eventTypes, description, enabled }: Endpoint): EndpointContent {
  return {
    url,
    enabled,
    ...(eventTypes !== undefined && { eventTypes: eventTypes as EndpointContent['eventTypes'] & string[] }),
    ...(description !== undefined && { description }),
  };
}

export type EventFilters = Readonly<Partial<Record<'type' | 'subjectType' | 'subjectId', string>>>;

export function eventPage(filters: EventFilters, limit: number, since?: string): Promise<EventPage> {
  return ask<EventPage>('GET', '/portal/v1/events', { query: { ...filters, limit: String(limit), since } });
}

export function useEvent(id: string | undefined) {
  return useQuery({
    queryKey: ['event', id],
    queryFn: () => ask<PartnerEvent>('GET', `/portal/v1/events/${id ?? ''}`),
    enabled: id !== undefined,
    staleTime: Infinity,
  });
}
