import {
  ORDER_CHANGED,
  ORDER_ERP_CREATED,
  ORDER_PROMISE_CHANGED,
  ORDER_RELEASED,
  ORDER_SUBSTITUTED,
  type OrderChanged,
  type OrderErpCreated,
  type OrderPromiseChanged,
  type OrderReleased,
  type OrderSubstituted,
} from '#contracts/events/catalogue';
import type {
  EXCEPTION_CLEARED,
  EXCEPTION_OPENED,
  ExceptionCleared,
  ExceptionOpened,
} from '#contracts/events/exceptions';

/** What the process tells the others. */
export type Fact =
  | { readonly type: typeof ORDER_RELEASED; readonly data: OrderReleased }
  | { readonly type: typeof ORDER_ERP_CREATED; readonly data: OrderErpCreated }
  | { readonly type: typeof ORDER_CHANGED; readonly data: OrderChanged }
  | { readonly type: typeof ORDER_PROMISE_CHANGED; readonly data: OrderPromiseChanged }
  | { readonly type: typeof ORDER_SUBSTITUTED; readonly data: OrderSubstituted }
  | { readonly type: typeof EXCEPTION_OPENED; readonly data: ExceptionOpened }
  | { readonly type: typeof EXCEPTION_CLEARED; readonly data: ExceptionCleared };
