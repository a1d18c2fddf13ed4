import * as fc from 'fast-check';
import { Decimal } from '#canonical/decimal';
import type { Effect, EffectName, PostedLine, ShipmentLine } from '../confirm-shipment/shipment';
import { decideCorrection } from './decide';
import type { Correction } from './decide';

const line = (quantity: string, billable = quantity): ShipmentLine => ({
  ...{ line: 1, item: 'MUG', quantity, billable, reservation: 'O1' },
});
const effect = (name: EffectName, more: Partial<Effect> = {}): Effect => ({
  ...{ name, revision: 1, state: 'PENDING', asked: false, lines: null },
  ...more,
});
const asked = (name: EffectName, more: Partial<Effect> = {}): Effect =>
  effect(name, { state: 'DONE', asked: true, ...more });
const erpOf = ({ added }: Correction) =>
  added.flatMap(({ name, lines }) => (lines === null ? [] : [[name, lines.map(({ quantity }) => quantity)]]));

describe('a correction of 92 to 90 (order-to-cash.md §11.2)', () => {
  it('nothing asked for yet: one delivery and one invoice, for 90', () => {
    const effects = [effect('ERP_DELIVERY'), effect('ERP_INVOICE')];
    const correction = decideCorrection({ before: [line('92')], effects }, [line('90')]);
    expect(correction.reopened).toEqual([{ name: 'ERP_DELIVERY', revision: 1 }, { name: 'ERP_INVOICE', revision: 1 }]); // prettier-ignore
    expect([correction.frozen, correction.dropped, erpOf(correction)]).toEqual([[], [], []]);
  });

  it('delivered and not billed: two come back in the ERP, and one invoice for 90', () => {
    const effects = [asked('ERP_DELIVERY'), effect('ERP_INVOICE')];
    const correction = decideCorrection({ before: [line('92')], effects }, [line('90')]);
    expect(correction.reopened).toEqual([{ name: 'ERP_INVOICE', revision: 1 }]);
    expect(erpOf(correction)).toEqual([['ERP_REVERSAL', ['2']]]);
    expect(correction.frozen).toMatchObject([{ name: 'ERP_DELIVERY', lines: [{ quantity: '92' }] }]);
  });

  it('billed: the invoice stays and two are credited', () => {
    const effects = [asked('ERP_DELIVERY'), asked('ERP_INVOICE')];
    const correction = decideCorrection({ before: [line('92')], effects }, [line('90')]);
    expect(erpOf(correction)).toEqual([['ERP_REVERSAL', ['2']], ['CREDIT_MEMO', ['2']]]); // prettier-ignore
    expect(correction.reopened).toEqual([]);
  });

  it('refused by the ERP, so nothing was made: the delivery goes again with what really left', () => {
    const effects = [effect('ERP_DELIVERY', { state: 'FAILED' }), effect('ERP_INVOICE')];
    const correction = decideCorrection({ before: [line('12', '10')], effects }, [line('10')]);
    expect(correction.reopened).toContainEqual({ name: 'ERP_DELIVERY', revision: 1 });
    expect(erpOf(correction)).toEqual([]);
  });

  it('void: all that was posted is taken back, a label that was bought is given back, what was to come does not', () => {
    const effects = [asked('LABEL'), asked('ERP_DELIVERY'), effect('ERP_INVOICE'), effect('FREIGHT_ACCRUAL')];
    const correction = decideCorrection({ before: [line('92')], effects }, []);
    expect(erpOf(correction)).toEqual([['ERP_REVERSAL', ['92']]]);
    expect(correction.added).toContainEqual({ name: 'LABEL_VOID', state: 'PENDING', lines: null });
    expect(correction.dropped).toEqual([{ name: 'ERP_INVOICE', revision: 1 }, { name: 'FREIGHT_ACCRUAL', revision: 1 }]); // prettier-ignore
  });
});

/** An ERP that posts whatever has been asked for; effects are asked for at random times between random corrections. */
describe('however corrections and postings cross', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('correct' as const), quantity: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ kind: fc.constant('ask' as const), which: fc.nat(7) }),
  );

  it('the documents add up to what stands, once all are posted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 12 }), (first, steps) => {
        let lines: readonly ShipmentLine[] = [line(String(first))];
        let effects: Effect[] = [effect('ERP_DELIVERY'), effect('ERP_INVOICE')];
        let revision = 1;
        for (const each of steps) {
          if (each.kind === 'ask') {
            effects = effects.map((one, index) =>
              index === each.which && one.state === 'PENDING' ? { ...one, asked: true } : one,
            );
            continue;
          }
          const after = each.quantity === 0 ? [] : [line(String(each.quantity))];
          revision += 1;
          effects = apply(effects, decideCorrection({ before: lines, effects }, after), revision);
          lines = after;
        }
        const target = lines[0]?.quantity ?? '0';
        expect(net(effects, 'ERP_DELIVERY', 'ERP_REVERSAL', lines)).toBe(target);
        expect(net(effects, 'ERP_INVOICE', 'CREDIT_MEMO', lines)).toBe(target);
      }),
      { numRuns: 2000 },
    );
  });

  function apply(effects: readonly Effect[], correction: Correction, revision: number): Effect[] {
    const at = (all: readonly { name: EffectName; revision: number }[], one: Effect) =>
      all.some(({ name, revision: of }) => name === one.name && of === one.revision);
    const kept = effects.map((one): Effect => {
      const frozen = correction.frozen.find(({ name, revision: of }) => name === one.name && of === one.revision);
      if (frozen) return { ...one, lines: frozen.lines };
      if (at(correction.dropped, one)) return { ...one, state: 'NOT_NEEDED' };
      return at(correction.reopened, one) ? { ...one, state: 'PENDING', asked: false, lines: null } : one;
    });
    const added = correction.added.map(({ name, state, lines }): Effect => ({ name, state, lines, revision, asked: false })); // prettier-ignore
    return [...kept, ...added];
  }

  function net(
    effects: readonly Effect[],
    forth: EffectName,
    back: EffectName,
    lines: readonly ShipmentLine[],
  ): string {
    const sum = (name: EffectName): Decimal =>
      effects
        .filter((one) => one.name === name && one.state !== 'NOT_NEEDED')
        .flatMap((one): readonly PostedLine[] => one.lines ?? lines)
        .reduce((total, { quantity }) => total.plus(quantity), new Decimal(0));
    return sum(forth).minus(sum(back)).toFixed();
  }
});
