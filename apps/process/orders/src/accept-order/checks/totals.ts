import { Decimal, sum } from '#canonical/decimal';
import { extend, inMinorUnits, total, type Money } from '#canonical/money';
import type { Check, Found, Incoming } from '../incoming';
import { linesOf } from '../incoming';
import { ourPrice, sentPrice } from './price';

/** Allowed difference of the total for each line: rounding on the other side. */
const PER_LINE = '0.01';

/** 16. What the sender counted is what is here: lines, quantities, and Σ lines + charges − allowances + tax within 0.01 a line. */
export const totals: Check = {
  name: 'TOTALS',
  run: (incoming) => {
    const { lines } = incoming.request;
    const control = incoming.request.controlTotals;
    if (!control) return [];
    const found: Found[] = [];
    const pointer = '/controlTotals';
    if (control.lines !== undefined && control.lines !== lines.length) {
      const detail = `${control.lines} lines were sent, ${lines.length} are here`;
      found.push({
        code: 'CONTROL_LINES',
        detail,
        pointer: `${pointer}/lines`,
        seen: String(control.lines),
        expected: String(lines.length),
      });
    }
    const quantity = sum(lines.map((line) => line.quantity.value));
    if (control.quantity !== undefined && !new Decimal(control.quantity).eq(quantity)) {
      const detail = `quantities add up to ${quantity}, not ${control.quantity}`;
      found.push({
        code: 'CONTROL_QUANTITY',
        detail,
        pointer: `${pointer}/quantity`,
        seen: control.quantity,
        expected: quantity,
      });
    }
    return [...found, ...amount(incoming, control.amount)];
  },
};

/** At the prices sent, ours where none was: the total is the sender's arithmetic. Silent while a line has no price. */
function amount(incoming: Incoming, sent: Money | undefined): Found[] {
  const { charges = [], tax, lines } = incoming.request;
  const currency = sent?.currency;
  if (!sent || currency === undefined || currency !== incoming.snapshot.customer?.currency) return [];
  const extended = linesOf(incoming).map((line) => {
    const unitPrice = sentPrice(line) ?? ourPrice(incoming, line);
    return unitPrice && line.base !== undefined ? extend(line.base, unitPrice) : undefined;
  });
  const money = [...extended, ...charges.map((charge) => charge.amount), ...(tax ? [tax] : [])];
  const known = money.filter((each) => each?.currency === currency) as Money[];
  if (known.length < money.length) return [];
  const expected = total(known, currency);
  const allowed = new Decimal(PER_LINE).times(lines.length);
  if (new Decimal(sent.amount).minus(expected.amount).abs().lte(allowed)) return [];
  const seen = inMinorUnits(sent).amount;
  const detail = `lines, charges and tax add up to ${expected.amount} ${currency}, not ${seen}`;
  return [{ code: 'TOTAL_MISMATCH', detail, pointer: '/controlTotals/amount', seen, expected: expected.amount }];
}
