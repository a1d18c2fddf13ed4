import { CrossdockError, type Finding } from '#canonical/errors';
import type {
  ChannelQuotaDto,
  ItemPolicyDto,
  NodePolicyDto,
  PartnerCapDto,
} from '#contracts/availability/policies.dto';
import { isCalendarDate } from '../promise/days';
import { micro } from '../promise/quantity';

/** What the form of a request cannot say about item policies. `kits` is what is stored: kit → items of its components. */
export function itemFaults(
  policies: readonly ItemPolicyDto[],
  kits: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  const made = new Map(kits);
  for (const { item, components } of policies) made.set(item, (components ?? []).map((each) => each.item)); // prettier-ignore
  return [
    ...repeated(policies.map(({ item }) => [item]), 'item'), // prettier-ignore
    ...policies.flatMap((policy, index) => {
      const at = `/policies/${index}`;
      return [...supplierFaults(policy, at), ...substituteFaults(policy, at), ...kitFaults(policy, at, made)];
    }),
  ];
}

function supplierFaults({ purchasable, leadTimeDays, rule, accumulationDays }: ItemPolicyDto, at: string): Finding[] {
  const faults: Finding[] = [];
  if (purchasable === true && leadTimeDays === undefined)
    faults.push(fault('LEAD_TIME_MISSING', 'what is purchasable needs a lead time', `${at}/leadTimeDays`));
  if (accumulationDays !== undefined && rule !== 'ACCUMULATE')
    faults.push(fault('RULE_MISMATCH', 'accumulation days belong to the rule ACCUMULATE', `${at}/accumulationDays`));
  return faults;
}

function substituteFaults({ item, substitutes = [] }: ItemPolicyDto, at: string): Finding[] {
  const seen = new Set([item]);
  return substitutes.flatMap((each, index) => {
    const known = seen.has(each.item);
    seen.add(each.item);
    const detail = each.item === item ? 'an item is no substitute of itself' : `${each.item} is there twice`;
    return known ? [fault('SUBSTITUTE_REPEATED', detail, `${at}/substitutes/${index}/item`, each.item)] : [];
  });
}

function kitFaults({ item, components = [] }: ItemPolicyDto, at: string, kits: ReadonlyMap<string, readonly string[]>) {
  const seen = new Set<string>();
  return components.flatMap((each, index) => {
    const pointer = `${at}/components/${index}/item`;
    if (seen.has(each.item)) return [fault('COMPONENT_REPEATED', `${each.item} is there twice`, pointer, each.item)];
    seen.add(each.item);
    if (!madeOf(each.item, item, kits)) return [];
    return [
      fault('KIT_CYCLE', `${each.item} is made of ${item}, so ${item} would be made of itself`, pointer, each.item),
    ];
  });
}

/** Whether `item` is, or is made of, `sought`. */
function madeOf(item: string, sought: string, kits: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [item];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === sought) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(kits.get(next) ?? []));
  }
  return false;
}

export function nodeFaults(policies: readonly NodePolicyDto[]): Finding[] {
  return [
    ...repeated(policies.map(({ node }) => [node]), 'node'), // prettier-ignore
    ...policies.flatMap(({ holidays = [] }, index) =>
      holidays.flatMap((date, day) =>
        isCalendarDate(date)
          ? []
          : [fault('DATE_INVALID', `${date} is not in the calendar`, `/policies/${index}/holidays/${day}`, date)],
      ),
    ),
  ];
}

export function quotaFaults(quotas: readonly ChannelQuotaDto[]): Finding[] {
  return [
    ...repeated(quotas.map(({ item, channel, node }) => [item, channel, node]), 'channel', 'quotas'), // prettier-ignore
    ...quotas.flatMap(({ protected: kept, cap }, index) => {
      if (cap === undefined || micro(kept) <= micro(cap)) return [];
      const detail = 'more is protected than the channel may take';
      return [
        { ...fault('PROTECTED_ABOVE_CAP', detail, `/quotas/${index}/protected`, kept), expected: `at most ${cap}` },
      ];
    }),
  ];
}

export function capFaults(caps: readonly PartnerCapDto[]): Finding[] {
  return repeated(caps.map(({ partner, item }) => [partner, item]), 'partner', 'caps'); // prettier-ignore
}

/** Errors: POLICY_INVALID (invalid) with all findings. */
export function refuseFaults(faults: readonly Finding[]): void {
  if (faults.length === 0) return;
  const message = faults[0]?.detail ?? 'some policies cannot be stored';
  throw new CrossdockError({ code: 'POLICY_INVALID', kind: 'invalid', message, findings: faults });
}

function repeated(keys: readonly (readonly (string | undefined)[])[], field: string, list = 'policies'): Finding[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    const name = JSON.stringify(key);
    const known = seen.has(name);
    seen.add(name);
    const said = key.filter((part) => part !== undefined).join(', ');
    return known ? [fault('POLICY_REPEATED', `${said} is there twice`, `/${list}/${index}/${field}`, key[0])] : [];
  });
}

function fault(code: string, detail: string, pointer: string, seen?: string): Finding {
  return { code, detail, pointer, ...(seen === undefined ? {} : { seen }) };
}
