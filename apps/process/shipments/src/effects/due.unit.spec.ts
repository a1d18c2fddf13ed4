import type { Effect, EffectName, EffectState } from '../confirm-shipment/shipment';
import { dueEffects } from './due';

const effect = (name: EffectName, state: EffectState, revision = 1): Effect => ({
  ...{ name, state, revision, asked: state !== 'PENDING', lines: null },
});
const due = (effects: readonly Effect[], inErp = true, takingBack: readonly EffectName[] = []) =>
  dueEffects(effects, { inErp, takingBack }).map(({ name, revision }) => `${name}@${revision}`);

describe('whose turn it is', () => {
  it('a delivery waits for the sales order', () => {
    expect(due([effect('ERP_DELIVERY', 'PENDING')], false)).toEqual([]);
    expect(due([effect('ERP_DELIVERY', 'PENDING')])).toEqual(['ERP_DELIVERY@1']);
  });

  it.each([
    ['PENDING', 'DONE', []],
    ['FAILED', 'DONE', []],
    ['DONE', 'PENDING', []],
    ['DONE', 'DONE', ['ERP_INVOICE@1']],
    ['NOT_NEEDED', 'NOT_NEEDED', ['ERP_INVOICE@1']],
  ] as const)('an invoice bills a delivery, after the advance ship notice: %s, %s', (delivery, asn, expected) => {
    const effects = [effect('ERP_DELIVERY', delivery), effect('ASN', asn), effect('ERP_INVOICE', 'PENDING')];
    expect(due(effects).filter((each) => each.startsWith('ERP_INVOICE'))).toEqual(expected);
  });

  it('freight is accrued when the delivery is posted and the label is paid', () => {
    const freight = (label: EffectState) =>
      due([effect('ERP_DELIVERY', 'DONE'), effect('LABEL', label), effect('FREIGHT_ACCRUAL', 'PENDING')]);
    expect(freight('FAILED')).toEqual([]);
    expect(freight('DONE')).toEqual(['FREIGHT_ACCRUAL@1']);
  });

  it('what is corrected waits for what it corrects', () => {
    const effects = (delivery: EffectState, invoice: EffectState) => [
      effect('ERP_DELIVERY', delivery),
      effect('ASN', 'DONE'),
      effect('ERP_INVOICE', invoice),
      effect('ERP_REVERSAL', 'PENDING', 2),
      effect('CREDIT_MEMO', 'PENDING', 2),
    ];
    expect(due(effects('FAILED', 'PENDING'))).toEqual([]);
    expect(due(effects('DONE', 'FAILED'))).toEqual(['ERP_REVERSAL@2']);
    expect(due(effects('DONE', 'DONE'))).toEqual(['ERP_REVERSAL@2', 'CREDIT_MEMO@2']);
  });

  it('what ships anew is delivered once the first is taken back, and billed once it is credited', () => {
    const delivery = [effect('ERP_DELIVERY', 'PENDING')];
    expect(due(delivery, true, ['ERP_REVERSAL'])).toEqual([]);
    expect(due(delivery, true, ['CREDIT_MEMO'])).toEqual(['ERP_DELIVERY@1']);
    const invoice = [effect('ERP_DELIVERY', 'DONE'), effect('ASN', 'DONE'), effect('ERP_INVOICE', 'PENDING')];
    expect(due(invoice, true, ['CREDIT_MEMO'])).toEqual([]);
    expect(due(invoice, true, ['ERP_REVERSAL'])).toEqual(['ERP_INVOICE@1']);
  });

  it('a delivery is taken back after the invoice that was asked for', () => {
    const effects = (asked: boolean) => [
      effect('ERP_DELIVERY', 'DONE'),
      effect('ASN', 'DONE'),
      { ...effect('ERP_INVOICE', 'PENDING'), asked },
      effect('ERP_REVERSAL', 'PENDING', 2),
    ];
    expect(due(effects(true))).toEqual(['ERP_INVOICE@1']);
    expect(due(effects(false))).toEqual(['ERP_INVOICE@1', 'ERP_REVERSAL@2']);
  });

  it('what has been asked for goes on: the one that takes it back waits for it', () => {
    const effects = [{ ...effect('ERP_DELIVERY', 'PENDING'), asked: true }, effect('ERP_REVERSAL', 'PENDING', 2)];
    expect(due(effects, true, ['ERP_REVERSAL'])).toEqual(['ERP_DELIVERY@1']);
  });

  it('a label is given back once it is clear that it was bought', () => {
    expect(due([effect('LABEL', 'FAILED'), effect('LABEL_VOID', 'PENDING', 2)])).toEqual([]);
    expect(due([effect('LABEL', 'DONE'), effect('LABEL_VOID', 'PENDING', 2)])).toEqual(['LABEL_VOID@2']);
  });
});
