import { addWorkingDays, type Calendar } from './calendar';
import type { Day } from './days';

/** How an item can be bought anew when nothing that is known covers a request. */
export interface Replenishment {
  /** Working days of the supplier. */
  readonly leadTimeDays: number;
  readonly supplier: Calendar;
  /** Working days of the node from arrival until goods can be picked. */
  readonly receivingDays: number;
  readonly node: Calendar;
}

/** Capable-to-promise: the day from which any quantity can be promised on basis LEAD_TIME (domain/atp.md §4, E7). Only for items that may be bought. */
export function leadTimeDay(today: Day, { leadTimeDays, supplier, receivingDays, node }: Replenishment): Day {
  return addWorkingDays(node, addWorkingDays(supplier, today, leadTimeDays), receivingDays);
}
