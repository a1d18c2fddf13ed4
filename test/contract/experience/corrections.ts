import type { ShipmentContent } from '#contracts/shipments/shipments.dto';
import type { Edge } from '../support/edge';
import type { World } from '../support/world';

/** A shipment corrected, voided, and how much more than ordered may leave. */
export async function correctsShipments(
  edge: Edge,
  world: World,
  shipment: { readonly id: string; readonly content: ShipmentContent },
): Promise<void> {
  const { id } = shipment;
  const { node, shippedAt, lines } = shipment.content;
  const said = { node, shippedAt, lines: lines.map((each: object) => ({ ...each, quantity: '1' })) };
  const correction = { revision: 2, reason: 'counted again', ...said };
  await edge.expect(200, 'operationsShipments.correct', { params: { id }, body: correction });
  const late = { ...correction, revision: 7 };
  await edge.refuses(409, 'SHIPMENT_REVISION_CONFLICT', 'operationsShipments.correct', {
    params: { id },
    body: late,
  });
  await edge.expect(200, 'operationsShipments.void', {
    params: { id },
    body: { revision: 3, reason: 'came back' },
  });
  const again = { revision: 4, reason: 'came back again' };
  await edge.refuses(409, 'SHIPMENT_VOIDED', 'operationsShipments.void', { params: { id }, body: again });
  const tolerance = { tolerances: [{ partner: 'nobody', percent: '2.5' }] };
  const { body: set } = await edge.expect(200, 'operationsShipments.putTolerances', { body: tolerance });
  expect(set).toEqual((await edge.expect(200, 'operationsShipments.tolerances')).body);
  const much = { tolerances: [{ percent: '101' }] };
  await edge.refuses(422, 'TOLERANCE_INVALID', 'operationsShipments.putTolerances', { body: much });
  const key = world.demo.keys.planner;
  await edge.refuses(403, 'SCOPE_MISSING', 'operationsShipments.tolerances', { key });
}
