import type { ReleaseRequest } from '#contracts/availability/release.dto';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import type { CancelSalesOrderRequest, CreateSalesOrderRequest } from '#contracts/erp/erp.dto';
import type { CancelFulfilmentRequest, ReleaseFulfilmentRequest } from '#contracts/wms/wms.dto';

/**
 * Something the process wants done outside. The request is whole and never changes: every try sends the same content under the
 * same business key. `key` names the command within its order.
 */
export type Command =
  /** `shipTo`: some line takes substitutes, which are then looked up for this place. */
  | { readonly kind: 'reserve'; readonly key: string; readonly request: ReserveRequest; readonly shipTo?: string }
  | { readonly kind: 'release-reservation'; readonly key: string; readonly request: ReleaseRequest }
  | { readonly kind: 'create-erp-order'; readonly key: string; readonly request: CreateSalesOrderRequest }
  | { readonly kind: 'cancel-erp'; readonly key: string; readonly request: CancelSalesOrderRequest }
  | { readonly kind: 'release-to-node'; readonly key: string; readonly request: ReleaseFulfilmentRequest }
  | { readonly kind: 'cancel-fulfilment'; readonly key: string; readonly request: CancelFulfilmentRequest };

export type CommandKind = Command['kind'];

export const RESERVE = (reservation: string): string => `reserve:${reservation}`;
export const CREATE_ERP_ORDER = 'create-erp-order';
export const RELEASE_TO_NODE = (fulfilment: string): string => `release:${fulfilment}`;
export const CANCEL_FULFILMENT = (fulfilment: string): string => `cancel:${fulfilment}`;

const KINDS: Readonly<Record<string, CommandKind>> = {
  reserve: 'reserve',
  free: 'release-reservation',
  [CREATE_ERP_ORDER]: 'create-erp-order',
  'erp-cancel': 'cancel-erp',
  release: 'release-to-node',
  cancel: 'cancel-fulfilment',
};

/** What kind of command has this key. */
export function kindOf(key: string): CommandKind {
  const kind = KINDS[key.split(':')[0] ?? ''];
  if (!kind) throw new RangeError(`${key} names no command`);
  return kind;
}
