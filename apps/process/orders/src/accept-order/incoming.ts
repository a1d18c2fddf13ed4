import { Decimal, DECIMAL_TEXT, plain, QUANTITY_SCALE } from '#canonical/decimal';
import { baseQuantityOf } from '#canonical/units';
import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import type {
  AdjustableCheck,
  CarrierRule,
  CreditPolicyDto,
  OrderCheck,
  OrderFinding,
  PurchaseOrderRule,
  Severity,
} from '#contracts/orders/validation.dto';
import type { MappedUnit, OrderSnapshot, ResolvedItem } from '#contracts/reference/reference.dto';
import type { CreditPosition } from './credit-position';

/** What the house does with orders of one partner that are nearly right. */
export interface AcceptPolicy {
  readonly defaultErpConnection: string;
  /** Percent and absolute amount of one base unit; the larger allowance counts. */
  readonly priceTolerance: { readonly percent: string; readonly absolute: string };
  readonly severities: Readonly<Record<AdjustableCheck, Severity>>;
  /** A code that names nothing parks its line, or refuses the order. */
  readonly missingMapping: 'PARK' | 'REJECT';
  readonly environment: 'PRODUCTION' | 'TEST';
  readonly embargoedCountries: readonly string[];
  readonly carriers: readonly CarrierRule[];
  /** Standard whose unit codes the partner uses where it has none of its own. */
  readonly unitSystem?: string;
  readonly purchaseOrder: PurchaseOrderRule;
  readonly credit: Required<CreditPolicyDto>;
}

/** An order as it came, and all that is known about it at one moment. */
export interface Incoming {
  readonly request: AcceptOrderRequest;
  readonly snapshot: OrderSnapshot;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly policy: AcceptPolicy;
  /** How the partner's orders are filled where an order says nothing else. */
  readonly fulfilment: FulfilmentPolicy;
  /** Countries of our nodes: what goes elsewhere crosses a border. */
  readonly homeCountries: readonly string[];
  /** What the customer owes and has ordered; absent without a credit limit. */
  readonly credit?: CreditPosition;
  /** The order that has this purchase order number already. */
  readonly known?: { readonly order: string; readonly sameContent: boolean };
}

/** What a check finds. Without a severity it has the one that the partner's policy gives the check; with one it is no policy's to change. */
export type Found = Omit<OrderFinding, 'severity' | 'check'> & { readonly severity?: Severity };

/** One rule. It answers everything that it finds wrong, never only the first. */
export interface Check {
  readonly name: OrderCheck;
  readonly run: (incoming: Incoming) => Found[];
}

export interface IncomingLine {
  readonly line: OrderLineRequest;
  /** RFC 6901, e.g. `/lines/3`. */
  readonly pointer: string;
  readonly resolved: ResolvedItem | undefined;
  /** UNECE unit that the code of the line means; the code itself when nothing explains it. */
  readonly unit: string;
  /** Base units in one unit of the line; undefined when the item is unknown or not sold in it. */
  readonly factor: string | undefined;
  /** Base units ordered, exact; undefined when that cannot be said. */
  readonly base: string | undefined;
}

/** Our name of the carrier that the order asks for: the partner's code, where a cross-reference explains it. */
export function carrierOf({ request, snapshot }: Incoming): string | undefined {
  return snapshot.carrier ?? request.routing?.carrier;
}

/** Nothing of it is wanted without the rest: what fails a line fails the order. */
export function isAllOrNothing({ request, fulfilment }: Incoming): boolean {
  const { shipComplete, partial = fulfilment.partial } = request;
  return shipComplete === true || partial === 'SHIP_COMPLETE_ORDER' || partial === 'FILL_OR_KILL';
}

const known = new WeakMap<Incoming, readonly IncomingLine[]>();

/** Worked out once for an order: most checks look at its lines. */
export function linesOf(incoming: Incoming): readonly IncomingLine[] {
  const before = known.get(incoming);
  if (before) return before;
  const lines = resolvedLines(incoming);
  known.set(incoming, lines);
  return lines;
}

function resolvedLines({ request, snapshot }: Incoming): IncomingLine[] {
  const items = new Map(snapshot.items.map((item) => [item.requested, item]));
  return request.lines.map((line, index) => {
    const resolved = items.get(line.item);
    const { unit, factor } = unitOf(snapshot.units, resolved, line.quantity.unit, request.partner);
    const base = factor === undefined ? undefined : exactBase(line.quantity.value, factor);
    return { line, pointer: `/lines/${index}`, resolved, unit, factor, base };
  });
}

/** The partner's word for this item wins, then the partner's, then the standard's; a code that nobody maps is taken literally. */
function unitOf(
  mapped: readonly MappedUnit[],
  resolved: ResolvedItem | undefined,
  code: string,
  partner: string,
): { unit: string; factor: string | undefined } {
  const meant = mapped
    .filter(({ requested, item }) => requested === code && (item === undefined || item === resolved?.item.sku))
    .sort((a, b) => rank(a, partner) - rank(b, partner))[0];
  const unit = meant?.unit ?? code;
  return { unit, factor: meant?.factor ?? (resolved && baseQuantityOf(resolved.item, unit)) };
}

function rank({ system, item }: MappedUnit, partner: string): number {
  return (system === partner ? 0 : 2) + (item === undefined ? 1 : 0);
}

function exactBase(value: string, factor: string): string | undefined {
  if (!DECIMAL_TEXT.test(value)) return undefined;
  if (factor === '1') return plain(value);
  const base = new Decimal(value).times(factor);
  return base.decimalPlaces() > QUANTITY_SCALE ? undefined : plain(base);
}
