import type { OrderFinding, Severity } from '#contracts/orders/validation.dto';
import { compliance } from './checks/compliance';
import { credit } from './checks/credit';
import { customer } from './checks/customer';
import { dates } from './checks/dates';
import { duplicate } from './checks/duplicate';
import { eligibility } from './checks/eligibility';
import { item } from './checks/item';
import { multiple } from './checks/multiple';
import { partner } from './checks/partner';
import { price } from './checks/price';
import { routing } from './checks/routing';
import { shipTo } from './checks/ship-to';
import { structure } from './checks/structure';
import { tax } from './checks/tax';
import { terms } from './checks/terms';
import { totals } from './checks/totals';
import { unit } from './checks/unit';
import type { AcceptPolicy, Check, Found, Incoming } from './incoming';

/**
 * The checks of order-to-cash §3 in their order, one file each, behind what makes it no order at all. The 14th, availability, is an
 * answer and no rule: `validate-order.ts` asks it.
 */
const CHECKS: readonly Check[] = [
  structure,
  partner,
  duplicate,
  customer,
  shipTo,
  terms,
  credit,
  item,
  eligibility,
  unit,
  multiple,
  price,
  tax,
  dates,
  compliance,
  totals,
  routing,
];

/** Pure. Everything that all checks find, each with the severity that the partner's policy gives it. */
export function findEverything(incoming: Incoming): OrderFinding[] {
  const findings: OrderFinding[] = [];
  for (const check of CHECKS)
    for (const found of check.run(incoming)) findings.push(finding(check, found, incoming.policy));
  return findings;
}

function finding({ name: check }: Check, { severity, ...found }: Found, policy: AcceptPolicy): OrderFinding {
  return { check, severity: severity ?? severityOf(check, policy), ...found };
}

/** A check that no policy may change says its severity with each finding; should it forget, that is refused rather than let pass. */
function severityOf(check: Check['name'], { severities }: AcceptPolicy): Severity {
  return check in severities ? severities[check as keyof typeof severities] : 'REJECT';
}
