import { Decimal } from '#canonical/decimal';
import type { Check, Found, Incoming, IncomingLine } from '../incoming';
import { linesOf } from '../incoming';
import { unmapped } from './item';

/** 4. The ship-to is one of the partner's; goods can and may go there, and its dock takes them. One that names nothing parks the order. */
export const shipTo: Check = {
  name: 'SHIP_TO',
  run: (incoming) => {
    const { request, snapshot, policy } = incoming;
    const place = snapshot.shipTo;
    const pointer = '/shipTo';
    if (!snapshot.customer || !place) {
      return [
        { ...unmapped(incoming), ...whereLooked(incoming), code: 'SHIP_TO_UNKNOWN', pointer, seen: request.shipTo },
      ];
    }
    const found: Found[] = [];
    const seen = place.address.country;
    if (place.deliverable === false)
      found.push({
        code: 'SHIP_TO_UNDELIVERABLE',
        detail: `nothing can be delivered to ${place.id} at present`,
        pointer,
      });
    if (policy.embargoedCountries.includes(seen))
      found.push({ code: 'COUNTRY_EMBARGOED', detail: `nothing is sent to ${seen}`, pointer, seen });
    return [...found, ...dock(incoming)];
  },
};

function whereLooked({ request, snapshot: { missingShipTo } }: Incoming): { detail: string; expected?: string } {
  const near = (missingShipTo?.candidates ?? []).map(({ id, external }) =>
    external === undefined ? id : `${external} (${id})`,
  );
  const where = missingShipTo ? `; looked up as ${missingShipTo.lookedUp.join(', ')}` : '';
  const detail = `${request.partner} has no ship-to ${request.shipTo}${where}`;
  return { detail, ...(near.length > 0 && { expected: near.join(', ') }) };
}

function weightOf(lines: readonly IncomingLine[]): Decimal {
  return lines.reduce(
    (sum, { base, resolved }) => sum.plus(new Decimal(base ?? 0).times(resolved?.item.weightKg ?? 0)),
    new Decimal(0),
  );
}

function dock(incoming: Incoming): Found[] {
  const { id, maxWeightKg, takesHazardous } = incoming.snapshot.shipTo ?? {};
  const lines = linesOf(incoming);
  const found: Found[] = [];
  const weight = maxWeightKg === undefined ? undefined : weightOf(lines);
  if (maxWeightKg !== undefined && weight?.gt(maxWeightKg)) {
    const detail = `the dock of ${id ?? ''} takes ${maxWeightKg} kg`;
    found.push({
      code: 'DOCK_WEIGHT',
      detail,
      pointer: '/shipTo',
      seen: `${weight.toFixed()} kg`,
      expected: `${maxWeightKg} kg`,
    });
  }
  for (const { line, pointer, resolved } of takesHazardous === false ? lines : []) {
    const seen = resolved?.item.hazardClass;
    if (seen === undefined) continue;
    const detail = `the dock of ${id ?? ''} takes no dangerous goods`;
    found.push({ code: 'DOCK_HAZARDOUS', detail, pointer: `${pointer}/item`, line: line.line, seen });
  }
  return found;
}
