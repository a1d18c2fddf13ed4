import { CrossdockError } from '#canonical/errors';

/** Also for another partner's order: whose it is, is nobody else's business. */
export function unknownOrder(id: string): CrossdockError {
  return new CrossdockError({ code: 'ORDER_UNKNOWN', kind: 'not-found', message: `no order ${id}` });
}
