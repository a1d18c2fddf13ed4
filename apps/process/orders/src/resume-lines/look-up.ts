import type { OrderFinding } from '#contracts/orders/validation.dto';
import { decide, holdsOf, orderedLine, totalOf } from '../accept-order/decide';
import { findEverything } from '../accept-order/find-everything';
import { linesOf, type Incoming } from '../accept-order/incoming';
import type { EventOf } from '../fulfil-order/order-event';
import type { OrderContents } from '../fulfil-order/order-state';

/**
 * Pure. What parked lines have come to, by the same checks as when an order comes in. Only what concerns a line counts: the order as
 * a whole was decided when it was accepted. A REJECT holds: by now others count on the order, so a person decides what is dropped.
 */
export function lookedUp(contents: OrderContents, incoming: Incoming): EventOf<'LINES_LOOKED_UP'> {
  const lines = linesOf(incoming).map((line) => orderedLine(incoming, line));
  const positions = new Map(contents.lines.map(({ line }, index) => [line, index]));
  const findings = findEverything(incoming)
    .filter(({ line }) => line !== undefined)
    .map((finding) => asHeld(finding, positions));
  const resolved = lines.filter(({ parked }) => !parked).map(({ line }) => line);
  const after = contents.lines.map((line) => lines.find((each) => each.line === line.line) ?? line);
  const dropped = (contents.findings ?? []).filter(({ severity }) => severity === 'REJECT').map(({ line }) => line);
  const charges = contents.charges.map((charge) => charge.amount);
  const total = totalOf(
    after.filter(({ line }) => !dropped.includes(line)),
    charges,
    contents.currency,
  );
  return {
    type: 'LINES_LOOKED_UP',
    lines,
    findings,
    holds: holdsOf(findings.filter(({ line }) => resolved.includes(line ?? 0))),
    ...(total && { total }),
  };
}

/**
 * Pure. What an order has come to whose ship-to means something now, by all checks: nothing of it was decided before. How it may be filled
 * stays as it was agreed, a line that was dropped stays dropped, and a REJECT holds. Undefined: it still means nothing.
 */
export function placedAt(contents: OrderContents, incoming: Incoming): EventOf<'PLACED'> | undefined {
  if (!incoming.snapshot.shipTo) return undefined;
  const gone = (contents.findings ?? []).filter(({ severity, line }) => severity === 'REJECT' && line !== undefined);
  const positions = new Map(contents.lines.map(({ line }, index) => [line, index]));
  const findings = findEverything(incoming)
    .filter(({ line }) => !gone.some((each) => each.line === line))
    .map((finding) => asHeld(finding, positions));
  const acceptance = decide(incoming, contents, [...gone, ...findings]);
  if (!acceptance.accepted) throw new RangeError(`order ${contents.id} was refused after it had been accepted`);
  const { policy, shipComplete, cancelAfter, follows, release, reservation } = contents;
  return {
    type: 'PLACED',
    contents: {
      ...acceptance.contents,
      shipComplete,
      ...(policy && { policy }),
      ...(cancelAfter !== undefined && { cancelAfter }),
      ...(follows !== undefined && { follows }),
      ...(release !== undefined && { release }),
      ...(reservation !== undefined && { reservation }),
    },
    holds: acceptance.holds,
  };
}

/** Pointers lead into the order as it was sent. */
function asHeld(finding: OrderFinding, positions: ReadonlyMap<number, number>): OrderFinding {
  const { line, pointer, severity } = finding;
  const at = line === undefined ? undefined : positions.get(line);
  return {
    ...finding,
    severity: severity === 'REJECT' ? 'HOLD' : severity,
    ...(pointer !== undefined && at !== undefined && { pointer: pointer.replace(/^\/lines\/\d+/, `/lines/${at}`) }),
  };
}
