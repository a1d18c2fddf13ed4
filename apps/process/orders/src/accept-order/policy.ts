import type { Finding } from '#canonical/errors';
import type { AdjustableCheck, OrderPolicyDto, Severity } from '#contracts/orders/validation.dto';
import type { AcceptPolicy } from './incoming';

/** The severities of order-to-cash §3 where nobody has said otherwise. */
const DEFAULT_SEVERITIES: AcceptPolicy['severities'] = {
  PARTNER: 'REJECT',
  CUSTOMER: 'HOLD',
  SHIP_TO: 'HOLD',
  TERMS: 'FIX',
  CREDIT: 'HOLD',
  ITEM: 'HOLD',
  ELIGIBILITY: 'REJECT',
  MULTIPLE: 'HOLD',
  PRICE: 'HOLD',
  TAX: 'HOLD',
  DATES: 'WARN',
  COMPLIANCE: 'HOLD',
  TOTALS: 'HOLD',
  ROUTING: 'WARN',
};

/** Checks that know the value which would be right. */
const FIXABLE: readonly string[] = ['TERMS', 'MULTIPLE', 'PRICE'];

/** An ERP that is away for a day stops nobody who was within the limit. */
const CREDIT: AcceptPolicy['credit'] = { staleAfterMinutes: 1440, whenUnknown: 'PASS' };

/** For everybody who has no policy of their own. */
export const EVERYBODY = '*';

/** What the configuration of the process says. */
export interface HousePolicy {
  readonly defaultErpConnection: string;
  readonly priceTolerance: AcceptPolicy['priceTolerance'];
  readonly priceDeviation: 'REJECT' | 'HOLD' | 'FIX';
}

/** The partner's own word counts first, then the one for everybody, then the house's. Pure. */
export function policyOf(
  house: HousePolicy,
  everybody: Partial<OrderPolicyDto> = {},
  own: Partial<OrderPolicyDto> = {},
): AcceptPolicy {
  const said = { ...everybody, ...own };
  const adjusted = [...(everybody.severities ?? []), ...(own.severities ?? [])];
  const severities: Record<AdjustableCheck, Severity> = { ...DEFAULT_SEVERITIES, PRICE: house.priceDeviation };
  for (const { check, severity } of adjusted) severities[check] = severity;
  return {
    defaultErpConnection: house.defaultErpConnection,
    priceTolerance: said.priceTolerance ?? house.priceTolerance,
    severities,
    missingMapping: said.missingMapping ?? 'PARK',
    environment: said.environment ?? 'PRODUCTION',
    embargoedCountries: said.embargoedCountries ?? [],
    carriers: said.carriers ?? [],
    ...(said.unitSystem !== undefined && { unitSystem: said.unitSystem }),
    purchaseOrder: said.purchaseOrder ?? {},
    credit: { ...CREDIT, ...everybody.credit, ...own.credit },
  };
}

/** What is wrong with policies, each fault with its pointer. Pure. */
export function policyFaults(policies: readonly OrderPolicyDto[]): Finding[] {
  const seen = new Set<string>();
  return policies.flatMap(({ partner, severities = [] }, index): Finding[] => {
    const at = `/policies/${index}`;
    const twice = seen.has(partner);
    seen.add(partner);
    const repeated = twice
      ? [{ code: 'POLICY_REPEATED', detail: `${partner} comes twice`, pointer: `${at}/partner` }]
      : [];
    const unfixable = severities.flatMap(({ check, severity }, place): Finding[] => {
      if (severity !== 'FIX' || FIXABLE.includes(check)) return [];
      const detail = `${check} knows no right value to take instead`;
      return [{ code: 'SEVERITY_NOT_POSSIBLE', detail, pointer: `${at}/severities/${place}/severity`, seen: severity }];
    });
    return [...repeated, ...unfixable];
  });
}
