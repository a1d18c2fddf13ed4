import type { Finding } from '#canonical/errors';
import type { Money } from '#canonical/money';
import { exceptionCleared, exceptionOpened } from '#contracts/events/exceptions';
import type { NewEvent } from '#messaging/outbox';
import type { EffectName, Shipment } from './confirm-shipment/shipment';

const SOURCE = 'process/shipments';
const DOMAIN = 'shipments';

/** What a person has to know of a shipment: each of these opens one exception, and its twin ends it. */
const objectOf = (id: string) => ({ type: 'shipment', id });

interface KnownShipment {
  readonly id: string;
  readonly order: string;
  readonly partner: string;
  readonly correlationId: string;
}

const IRREVERSIBLE: readonly EffectName[] = ['LABEL_VOID', 'ERP_REVERSAL', 'CREDIT_MEMO'];

export function effectFailed(
  { id, fulfilmentOrder, correlationId }: Shipment,
  name: EffectName,
  cause: string,
): NewEvent {
  const { order, partner } = fulfilmentOrder;
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: `${name}_FAILED`, object: objectOf(id), order, partner, cause },
      suggestedAction: IRREVERSIBLE.includes(name)
        ? 'mend the cause and try the effect again, or post the correction in the backend by hand'
        : 'mend the cause and try the effect again: what the backend has already is not posted twice',
      retry: { app: 'shipments', kind: 'SHIPMENT_EFFECT', id: `${id}/${name}` },
    },
    correlationId,
  );
}

export function effectDone({ id, correlationId }: Pick<Shipment, 'id' | 'correlationId'>, name: EffectName): NewEvent {
  const trouble = { domain: DOMAIN, code: `${name}_FAILED`, object: objectOf(id) };
  return exceptionCleared(SOURCE, trouble, `${name} is done`, correlationId);
}

/** The goods have left, so what contradicts the release is recorded; a person says what follows from it. */
export function contradicts({ id, order, partner, correlationId }: KnownShipment, finding: Finding): NewEvent {
  const { code, detail, seen, expected } = finding;
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code, object: objectOf(id), order, partner, cause: detail },
      ...(seen === undefined ? {} : { seen }),
      ...(expected === undefined ? {} : { expected }),
      suggestedAction:
        'ask the warehouse; it corrects the shipment by its next version, or the surplus is settled with the customer',
    },
    correlationId,
  );
}

/** A correction that no longer contradicts the release. */
export function agrees({ id, correlationId }: Pick<KnownShipment, 'id' | 'correlationId'>, code: string): NewEvent {
  const trouble = { domain: DOMAIN, code, object: objectOf(id) };
  return exceptionCleared(SOURCE, trouble, 'the shipment was corrected', correlationId);
}

export function saidTwoThings(id: string, correlationId: string): NewEvent {
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: 'SHIPMENT_CONFLICT', object: objectOf(id) },
      cause: 'a confirmation came again with other content; it was kept and changed nothing',
      suggestedAction: 'ask the warehouse which is right; if the second, it sends a correction with the next version',
    },
    correlationId,
  );
}

interface SaidOf {
  readonly shipment: string;
  readonly revision: number;
  readonly fulfilmentOrder: string;
  readonly correlationId: string;
}

/** A version whose predecessor, or whose departure, nobody has told. */
export function correctionEarly({ shipment, revision, fulfilmentOrder, correlationId }: SaidOf): NewEvent {
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: 'SHIPMENT_CORRECTION_EARLY', object: objectOf(shipment) },
      cause: `version ${revision} was said and the one before it has not come`,
      diagnostics: { fulfilmentOrder, revision },
      suggestedAction:
        'ask the warehouse to send what is missing again: this version is applied by itself when it comes',
    },
    correlationId,
  );
}

export function correctionCame({ shipment, correlationId }: SaidOf): NewEvent {
  const trouble = { domain: DOMAIN, code: 'SHIPMENT_CORRECTION_EARLY', object: objectOf(shipment) };
  return exceptionCleared(SOURCE, trouble, 'the version before it has come', correlationId);
}

/** What was said cannot be counted; what stood before still stands. */
export function correctionRefused(
  { shipment, revision, correlationId }: SaidOf,
  { message }: { readonly message: string },
): NewEvent {
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: 'SHIPMENT_CORRECTION_REFUSED', object: objectOf(shipment) },
      ...{ cause: message, diagnostics: { revision } },
      suggestedAction: `ask the warehouse to say version ${revision} again in base units`,
    },
    correlationId,
  );
}

export function correctionTaken({ shipment, correlationId }: SaidOf): NewEvent {
  const trouble = { domain: DOMAIN, code: 'SHIPMENT_CORRECTION_REFUSED', object: objectOf(shipment) };
  return exceptionCleared(SOURCE, trouble, 'the version was said anew', correlationId);
}

export interface ParkedTrouble {
  readonly id: string;
  readonly reason: 'ORDER_UNKNOWN' | 'UNIT_MISMATCH';
  readonly fulfilmentOrder: string;
  readonly correlationId: string;
}

const PARKED = {
  ORDER_UNKNOWN: {
    cause: 'goods have left for a fulfilment order that nobody has released',
    suggestedAction:
      'find the order: the shipment is confirmed by itself when it is released; void it when it is not ours',
  },
  UNIT_MISMATCH: {
    cause: "a line is counted in another unit than the item's base unit, so how much has left is not known",
    suggestedAction: 'ask the warehouse for a correction in base units, as the next version of this shipment',
  },
} as const;

export function waits({ id, reason, fulfilmentOrder, correlationId }: ParkedTrouble): NewEvent {
  const { cause, suggestedAction } = PARKED[reason];
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: `SHIPMENT_PARKED_${reason}`, object: objectOf(id) },
      ...{ cause, suggestedAction, diagnostics: { fulfilmentOrder } },
    },
    correlationId,
  );
}

export function waitsNoLonger({ id, reason, correlationId }: Omit<ParkedTrouble, 'fulfilmentOrder'>): NewEvent {
  const trouble = { domain: DOMAIN, code: `SHIPMENT_PARKED_${reason}`, object: objectOf(id) };
  return exceptionCleared(SOURCE, trouble, 'the shipment is confirmed', correlationId);
}

/** Ship before the order reached the ERP: it waits with its correlation, and a person is told after a time. */
export function erpOrderMissing({ id, order, partner, correlationId }: KnownShipment): NewEvent {
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'TRANSIENT', domain: DOMAIN, code: 'ERP_ORDER_MISSING', object: objectOf(id), order, partner },
      cause:
        'goods have left and the sales order is still not in the ERP, so neither delivery nor invoice can be posted',
      suggestedAction: 'see why the order waits: its holds and its ERP command say so',
    },
    correlationId,
  );
}

export function erpOrderCame({ id, correlationId }: Pick<KnownShipment, 'id' | 'correlationId'>): NewEvent {
  const trouble = { domain: DOMAIN, code: 'ERP_ORDER_MISSING', object: objectOf(id) };
  return exceptionCleared(SOURCE, trouble, 'the sales order is in the ERP', correlationId);
}

/** The carrier may bill what never left: nobody but a person knows. */
export function freightStands({ id, fulfilmentOrder, correlationId }: Shipment, accrual: string): NewEvent {
  const { order, partner } = fulfilmentOrder;
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: 'FREIGHT_OF_VOIDED', object: objectOf(id), order, partner },
      cause: `the shipment is void and its freight is accrued as ${accrual}`,
      suggestedAction: 'reverse the accrual in the ERP unless the carrier bills it all the same',
    },
    correlationId,
  );
}

export function invoiceDiffers(
  { id, fulfilmentOrder, correlationId }: Shipment,
  invoice: string,
  billed: Money,
  agreed: Money,
): NewEvent {
  const { order, partner } = fulfilmentOrder;
  return exceptionOpened(
    SOURCE,
    {
      ...{ tier: 'BUSINESS', domain: DOMAIN, code: 'INVOICE_AMOUNT_DIFFERS', object: objectOf(id), order, partner },
      cause: `invoice ${invoice} bills another net amount than the prices that were agreed`,
      ...{ seen: `${billed.amount} ${billed.currency}`, expected: `${agreed.amount} ${agreed.currency}` },
      suggestedAction: 'compare the prices of the sales order in the ERP with the order; credit the difference',
    },
    correlationId,
  );
}
