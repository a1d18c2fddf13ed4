import {
  ORDER_CHANGED,
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  type OrderChanged,
  type OrderErpCreated,
  type OrderReleased,
} from '#contracts/events/catalogue';

/** What the process tells the others. */
export type Fact =
  | { readonly type: typeof ORDER_RELEASED; readonly data: OrderReleased }
  | { readonly type: typeof ORDER_ERP_CREATED; readonly data: OrderErpCreated }
  | { readonly type: typeof ORDER_CHANGED; readonly data: OrderChanged };
