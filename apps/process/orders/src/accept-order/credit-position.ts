import type { Money } from '#canonical/money';

/** An order of the customer that is not wholly shipped, at the value of what is open. */
interface OpenOrder {
  readonly amount: string;
  /** Day for which it is wanted. */
  readonly dueOn: string;
}

/** SAP's four parts: open orders are ours; what was delivered, billed or posted is the ERP's to say. */
export interface CreditPosition {
  readonly limit: Money;
  /** Days ahead within which open orders count; all when absent. */
  readonly horizonDays?: number;
  readonly openOrders: readonly OpenOrder[];
  readonly deliveredNotBilled: string;
  readonly billedNotPosted: string;
  readonly receivables: string;
  /** Of `receivables`: what should have been paid by now. */
  readonly overdue?: string;
  /** False: the ERP has never said, or too long ago. */
  readonly reported: boolean;
  /** When the ERP last said, RFC 3339; absent when never. */
  readonly asOf?: string;
}
