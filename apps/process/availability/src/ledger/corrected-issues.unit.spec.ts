import type { ShipmentCorrected } from '#contracts/events/shipments';
import { correctionsOf } from './corrected-issues';
import type { StandingIssue } from './corrected-issues';

const line = (before: string, quantity: string): ShipmentCorrected['lines'][0] => ({
  ...{ line: 1, item: 'MUG', reservation: 'O1', before, quantity },
});
const corrected = (lines: ShipmentCorrected['lines'], revision = 2): ShipmentCorrected => ({
  ...{ shipment: 'S1', order: 'O1', partner: 'P', fulfilmentOrder: 'O1-F1', node: 'north', revision, lines },
  ...{ shippedAt: '2026-11-20T10:00:00Z', voided: false, reason: 'counted again' },
});
const issue = (id: string, quantity: string): StandingIssue => ({
  ...{ id, item: 'MUG', node: 'north', line: 1, quantity, lot: null },
});
const summary = (records: ReturnType<typeof correctionsOf>) => ({
  taken: records.taken.map(({ id, reverses, quantity }) => [id, reverses, quantity]),
  issued: records.issued.map(({ id, quantity, reservation }) => [id, quantity, reservation]),
});

describe('a corrected shipment in the ledger', () => {
  it('92 that were 90: 92 are taken back and 90 issued, without using up the reservation again', () => {
    expect(summary(correctionsOf(corrected([line('92', '90')]), [issue('S1-1-O1', '92')], 'm'))).toEqual({
      taken: [['S1-1-O1~2', 'S1-1-O1', '92']],
      issued: [['S1-1-O1@2.1', '90', undefined]],
    });
  });

  it('90 that were 92: only the two more use up the reservation', () => {
    expect(summary(correctionsOf(corrected([line('90', '92')]), [issue('S1-1-O1', '90')], 'm'))).toEqual({
      taken: [['S1-1-O1~2', 'S1-1-O1', '90']],
      issued: [['S1-1-O1@2.1', '90', undefined], ['S1-1-O1@2.2', '2', 'O1']], // prettier-ignore
    });
  });

  it('a void takes back all that stands, also of an earlier correction', () => {
    const standing = [issue('S1-1-O1@2', '90'), issue('S1-1-O1@2+', '2')];
    expect(summary(correctionsOf(corrected([line('92', '0')], 3), standing, 'm'))).toEqual({
      taken: [['S1-1-O1@2~3', 'S1-1-O1@2', '90'], ['S1-1-O1@2+~3', 'S1-1-O1@2+', '2']], // prettier-ignore
      issued: [],
    });
  });

  it('lots are issued lot by lot; what had left before comes first', () => {
    const lots = [{ lot: 'L1', quantity: '60' }, { lot: 'L2', quantity: '35' }]; // prettier-ignore
    const { issued } = correctionsOf(corrected([{ ...line('90', '96'), lots }]), [], 'm');
    expect(issued.map(({ lot, quantity, reservation }) => [lot, quantity, reservation])).toEqual([
      ['L1', '60', undefined],
      ['L2', '30', undefined],
      ['L2', '5', 'O1'],
      [undefined, '1', 'O1'],
    ]);
  });
});
