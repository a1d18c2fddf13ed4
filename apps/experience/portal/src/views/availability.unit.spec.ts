import type { AvailabilityQuery } from '#contracts/availability/query.dto';
import { openApiDocument } from '#service/documents';
import type { AvailabilityLineRequest } from '../in/http/availability.dto';
import type { PortalProcesses } from '../out/processes';
import { AvailabilityView } from './availability';

/** Every field that a line of a request may have, beside those that are converted. */
const FIELDS: Omit<AvailabilityLineRequest, 'item' | 'quantity'> = {
  requestedDate: '2026-03-09',
  latestDate: '2026-03-20',
  deliverBy: '2026-03-23',
  node: 'DC-NORTH',
  complete: true,
  substitutes: false,
};

function asking() {
  const asked: AvailabilityQuery[] = [];
  const found = { sku: 'MUG', baseUnit: 'EA', packs: [{ unit: 'XCS', baseQuantity: '12' }] };
  const findItems = ({ ids }: { ids: string[] }) => Promise.resolve({ items: ids.map((requested) => ({ requested, item: found })) }); // prettier-ignore
  const query = (question: AvailabilityQuery) => {
    asked.push(question);
    const line = { item: 'MUG', known: true, availableToPromise: '24', slices: [], unpromised: '24', shortfalls: [] };
    return Promise.resolve({ asOf: '', watermarks: [], lines: [line] });
  };
  const processes = { reference: { findItems }, availability: { query } } as unknown as PortalProcesses;
  return { view: new AvailabilityView(processes), asked };
}

describe('a question of the portal', () => {
  test('passes on every field of a line that the contract has', async () => {
    const { view, asked } = asking();
    const schemas = openApiDocument('experience/portal.v1').components.schemas as Record<string, { properties: object }>; // prettier-ignore
    const known = Object.keys(schemas['AvailabilityLineRequest']?.properties ?? {});
    expect(known.sort()).toEqual([...Object.keys(FIELDS), 'item', 'quantity'].sort());
    await view.query({ lines: [{ item: '5012345678900', quantity: { value: '2', unit: 'EA' }, ...FIELDS }] });
    expect(asked).toEqual([{ channel: 'PORTAL', lines: [{ item: 'MUG', quantity: '2', ...FIELDS }] }]);
  });

  test('is asked in base units and whole packs, and answered in the unit of the line', async () => {
    const { view, asked } = asking();
    const answer = await view.query({ lines: [{ item: 'MUG', quantity: { value: '2', unit: 'XCS' } }] });
    expect(asked[0]?.lines).toEqual([{ item: 'MUG', quantity: '24', multiple: '12' }]);
    expect(answer.lines[0]?.availableToPromise).toEqual({ value: '2', unit: 'XCS' });
  });
});
