import { OrderFinding } from '../orders/validation.dto';
import { MoneyDto } from '../values.dto';
import { EdgeQuantity } from './edge-orders.dto';

export class EdgeValidatedSlice {
  quantity: EdgeQuantity;
  /** Day on which it can ship, local to the node. @example "2026-03-09" */
  shipDate: string;
}
/** What would become of a line. */
export class EdgeValidatedLine {
  /** @example 1 */
  line: number;
  /** ACCEPT; HOLD: waits for a person; PARK: waits until its codes mean something; DROP: the order goes without it. */
  verdict: 'ACCEPT' | 'HOLD' | 'PARK' | 'DROP';
  /** Our item number; absent while the code means nothing. @example "MUG-BLUE" */
  item?: string;
  /** What would be recorded, rounded up where that is agreed. */
  ordered?: EdgeQuantity;
  /** Price of one `ordered.unit` that would be in force. */
  unitPrice?: MoneyDto;
  /** What can be promised now. Nothing is held by asking. */
  promised: EdgeValidatedSlice[];
  /** What nothing known covers. */
  unpromised?: EdgeQuantity;
}
export class EdgeValidation {
  /** What placing this order would come to. REPLAY: it is known, and `order` would be answered. */
  verdict: 'ACCEPT' | 'HOLD' | 'REJECT' | 'REPLAY';
  /** Id of the order that has this purchase order number already. */
  order?: string;
  /** Everything that the checks found, REJECT first. */
  findings: OrderFinding[];
  lines: EdgeValidatedLine[];
  /** Lines rounded, then summed, and charges, at the prices that would be in force. */
  total?: MoneyDto;
}
