import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import type { CertificationView } from './types';

const EVERY_MS = 5000;

/** What the requests of test keys have shown so far. */
export function useCertification() {
  return useQuery({
    queryKey: ['certification'],
    queryFn: () => ask<CertificationView>('GET', '/account/v1/certification'),
    refetchInterval: EVERY_MS,
  });
}
