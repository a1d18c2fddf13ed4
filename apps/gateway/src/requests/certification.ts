import type { KeyMode } from '../partners/key-text';

/** A request that shows that an integration does what a good one does. */
export interface Proof {
  readonly partner: string;
  readonly check: CertificationCheck;
  /** In the log of requests, for as long as that keeps it. */
  readonly request: string;
  readonly at: Date;
}
/** As much of a request in the log as the checks look at. */
interface Looked {
  readonly id: string;
  readonly at: Date;
  readonly partner: string;
  readonly mode: KeyMode;
  readonly method: string;
  /** @example "/portal/v1/orders/{id}" */
  readonly route: string;
  readonly status: number;
  readonly idempotency: 'first' | 'replayed' | null;
}

const succeeded = ({ status }: Looked): boolean => status >= 200 && status < 300;
/** Whatever the version of the portal's contract is. */
const is = (method: string, path: string) => {
  const route = new RegExp(`^/portal/v\\d+${path.replaceAll(/[{}]/g, String.raw`\$&`)}$`);
  return (request: Looked): boolean => request.method === method && route.test(request.route) && succeeded(request);
};
const orders = is('POST', '/orders');

/** What a good integration does, in the order in which one is written. */
const CHECKS = {
  availability: is('POST', '/availability/query'),
  order: orders,
  idempotent: (request: Looked) => orders(request) && request.idempotency !== null,
  replay: (request: Looked) => orders(request) && request.idempotency === 'replayed',
  reads: is('GET', '/orders/{id}'),
  shipments: is('GET', '/shipments'),
  cancel: is('POST', '/orders/{id}/cancel'),
  refusal: ({ status }: Looked) => status === 422,
  unknown: ({ status }: Looked) => status === 404,
} as const;
export type CertificationCheck = keyof typeof CHECKS;
export const CERTIFICATION_CHECKS = Object.keys(CHECKS) as CertificationCheck[];

/** What these requests show, once for each partner and check. Only test keys: live traffic is no exercise. */
export function proofsOf(requests: readonly Looked[]): Proof[] {
  const proofs = new Map<string, Proof>();
  for (const request of requests) {
    if (request.mode !== 'test') continue;
    const { partner, id, at } = request;
    for (const check of CERTIFICATION_CHECKS)
      if (!proofs.has(`${partner} ${check}`) && CHECKS[check](request))
        proofs.set(`${partner} ${check}`, { partner, check, request: id, at });
  }
  return [...proofs.values()];
}
