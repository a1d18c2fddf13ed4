import { Faults } from './faults';
import { scattered } from './scattered';

const rules = [
  { operation: '*', mode: 'down', probability: 0.02 },
  { operation: '*', mode: '429', probability: 0.03 },
];
const modes = ['down', '429'];

function struck(seed: number, operation = 'createSalesOrder'): (string | undefined)[] {
  const faults = new Faults();
  faults.set('erp', 'main', rules, seed);
  return Array.from({ length: 5_000 }, () => faults.take('erp', 'main', operation, modes)?.mode);
}

describe('armed faults', () => {
  it('strike the same calls again with the same seed, and others with another', () => {
    expect(struck(7)).toEqual(struck(7));
    expect(struck(7)).not.toEqual(struck(8));
    expect(struck(7)).not.toEqual(struck(7, 'postInvoice'));
  });

  it('strike as large a part of the calls as their shares add up to', () => {
    const count = (mode: string): number => struck(7).filter((each) => each === mode).length;
    expect(count('down')).toBeGreaterThan(70);
    expect(count('down')).toBeLessThan(130);
    expect(count('429')).toBeGreaterThan(115);
    expect(count('429')).toBeLessThan(185);
  });

  it('keep count of what has struck, and leave alone what has struck often enough', () => {
    const faults = new Faults();
    faults.set('wms', 'north', [{ operation: 'release', mode: 'down', times: 2 }]);
    const met = [1, 2, 3].map(() => faults.take('wms', 'north', 'release', modes)?.mode);
    expect(met).toEqual(['down', 'down', undefined]);
    expect(faults.tally('wms', 'north')).toEqual([{ operation: 'release', mode: 'down', struck: 2 }]);
    expect(faults.list('wms', 'north')).toEqual([]);
    expect(faults.take('wms', 'south', 'release', modes)).toBeUndefined();
  });

  it('tell some events later and some twice, and lose none', () => {
    const faults = new Faults();
    const shares = ['event-twice', 'event-late'].map((mode) => ({ operation: 'event', mode, probability: 0.2 }));
    faults.set('wms', 'north', shares, 3);
    const events = Array.from({ length: 200 }, (_, index) => index);
    const { now, later } = scattered(faults, 'wms', 'north', events);
    expect([...new Set([...now, ...later])].sort((a, b) => a - b)).toEqual(events);
    expect(now.length).toBeLessThan(200);
    expect(now.length + later.length).toBeGreaterThan(200);
    expect(scattered(faults, 'wms', 'south', events)).toEqual({ now: events, later: [] });
  });
});
