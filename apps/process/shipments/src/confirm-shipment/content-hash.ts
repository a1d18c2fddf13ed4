import { createHash } from 'node:crypto';
import { plain } from '#canonical/decimal';
import type { ShipmentContent } from '#contracts/shipments/shipments.dto';

/**
 * Same id and same content is a repetition, other content a contradiction. The order of lines and packages, trailing zeros and the
 * zone of the time are spelling, not content; so is what the source called its event.
 */
export function contentHash(content: ShipmentContent & { readonly fulfilmentOrder: string }): string {
  const lines = content.lines.map(({ line, item, quantity, lot, unit, serials, package: carton }) => [
    ...[line, item, plain(quantity), lot ?? ''],
    ...present({ unit, serials: serials && [...serials].sort(), carton }),
  ]);
  const packages = (content.packages ?? []).map(({ id, trackingNumber, weightKg }) => [
    id,
    trackingNumber ?? '',
    weightKg === undefined ? '' : plain(weightKg),
  ]);
  const { service, billOfLading, proNumber, seal, weight, freight, proof } = content;
  const said = [
    content.fulfilmentOrder,
    content.node,
    new Date(content.shippedAt).toISOString(),
    content.carrier ?? '',
    sorted(lines),
    sorted(packages),
    ...present({ service, billOfLading, proNumber, seal }),
    ...present({
      weight: weight && [plain(weight.value), weight.unit],
      freight: freight && [freight.terms, freight.amount && [plain(freight.amount.amount), freight.amount.currency]],
      proof: proof && [proof.kind, proof.reference, proof.signedBy ?? ''],
    }),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** Named, and only what is there: content from before a field existed keeps its hash. */
function present(fields: Readonly<Record<string, unknown>>): unknown[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
