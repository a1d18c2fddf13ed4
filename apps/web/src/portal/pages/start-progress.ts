import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { requestPage } from '../api/queries';
import type { RequestDetail } from '../api/types';
import { STEPS, type Step } from './start-steps';

export type Progress = Readonly<Record<Step['id'], RequestDetail | undefined>>;

/** The newest call of each step that went well, made with the key, from wherever it was made. */
export function useProgress(key: string | undefined) {
  return useQuery({
    queryKey: ['progress', key],
    queryFn: () => progressOf(key ?? ''),
    enabled: key !== undefined,
    refetchInterval: ({ state }) => (shipped(state.data?.ship) ? false : 1500),
  });
}

async function progressOf(key: string): Promise<Progress> {
  const found = STEPS.map(async ({ id, method, route }) => {
    const { requests } = await requestPage({ key, method, route, status: '2xx' }, 1);
    const [newest] = requests;
    return [id, newest && (await ask<RequestDetail>('GET', `/account/v1/requests/${newest.id}`))] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Progress;
}

/** A field of a JSON answer in the log. */
export function answered(detail: RequestDetail | undefined, field: 'id' | 'status'): string | undefined {
  try {
    const body = JSON.parse(detail?.responseBody?.text ?? '{}') as Record<string, unknown>;
    const value = body[field];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

export function shipped(detail: RequestDetail | undefined): boolean {
  return answered(detail, 'status') === 'SHIPPED';
}
