import type { NodeDto } from '#contracts/reference/reference.dto';
import { ORDER_RELEASED } from '#contracts/events/catalogue';
import { hold, warn, type Draft } from './draft';
import type { Fact } from './facts';
import { stopped } from './holds';
import { isGivenBack } from './milestones';
import { RELEASE_TO_NODE } from './order-command';
import { agreed, type LineProgress, type OrderedLine, type Part } from './order-state';
import { orderedLine, type Plan, type Surroundings } from './planned';
import { policyOf } from './policy';
import { put, quantityOf, take } from './quantities';

/**
 * A fulfilment order per node, reservation and wave, of stock that is on hand: so a goods issue knows which reservation it uses up.
 * What may go before the rest is the partial policy of the order; a held line waits, and stops an order that ships complete.
 */
export function releaseAllocated(draft: Draft, around: Surroundings, result: Plan): void {
  const stop = stopped(draft);
  if (stop.order) return;
  const ready = readyLines(draft, stop.lines);
  if (!withinSplits(draft, ready)) return;
  for (;;) {
    const next = ready.flatMap((line) => line.parts).find((part) => part.stage === 'ALLOCATED');
    if (!next) return;
    const place = around.nodes.get(next.node ?? '');
    if (!place) {
      const detail = `stock is held at ${next.node ?? ''}, which reference does not know`;
      hold(draft, { type: 'WAREHOUSE', code: 'NODE_UNKNOWN', owner: 'master-data', detail });
      return;
    }
    releaseAt(draft, place, next.reservation ?? draft.contents.id, ready, around, result);
  }
}

/** Of what is on hand: the lines of which something may leave now. */
function readyLines(draft: Draft, held: ReadonlySet<number>): LineProgress[] {
  const { partial, minQuantity = '0' } = policyOf(draft.contents);
  const lines = draft.progress.lines.filter(({ line }) => !held.has(line));
  switch (partial) {
    case 'SHIP_COMPLETE_ORDER':
    case 'FILL_OR_KILL':
      return draft.progress.lines.some(isToCome) ? [] : lines;
    case 'SHIP_COMPLETE_LINE':
      return lines.filter((line) => !isToCome(line));
    case 'PARTIAL_OK':
      return lines.filter((line) => !isToCome(line) || quantityOf(line.parts, 'ALLOCATED').gte(minQuantity));
  }
}

function isToCome(line: LineProgress): boolean {
  return quantityOf(line.parts, 'NEW', 'REQUESTED', 'WAITING').gt(0);
}

/**
 * While something is still to come, one split is kept for it. When all is here it leaves, also from more nodes than the policy
 * has splits: goods that are apart cannot leave together.
 */
function withinSplits(draft: Draft, ready: readonly LineProgress[]): boolean {
  const { maxSplits } = policyOf(draft.contents);
  if (maxSplits === undefined) return true;
  const allocated = ready.flatMap((line) => line.parts).filter((part) => part.stage === 'ALLOCATED');
  const groups = new Set(allocated.map(({ node, reservation }) => `${node ?? ''}\n${reservation ?? ''}`)).size;
  const splits = groups + draft.progress.fulfilments.filter(({ status }) => !isGivenBack(status)).length;
  const isLeftBehind = (line: LineProgress): boolean =>
    quantityOf(line.parts, 'ALLOCATED').gt(0) && !ready.includes(line);
  const rest = draft.progress.lines.some((line) => isToCome(line) || isLeftBehind(line));
  if (rest) return splits < maxSplits;
  if (groups > 0 && splits > maxSplits)
    warn(draft, 'SPLITS_EXCEEDED', `it leaves in ${splits} fulfilment orders, because its goods are at several nodes`);
  return true;
}

interface ReleasedLine {
  readonly ordered: OrderedLine;
  readonly quantity: string;
  readonly reservedLine: number | undefined;
}

function releaseAt(
  draft: Draft,
  node: NodeDto,
  reservation: string,
  ready: readonly LineProgress[],
  { today }: Surroundings,
  { commands, facts }: Plan,
): void {
  const { contents, progress } = draft;
  const fulfilmentOrder = `${contents.id}-F${progress.fulfilments.length + 1}`;
  const matches = (part: Part): boolean =>
    part.stage === 'ALLOCATED' && part.node === node.id && part.reservation === reservation;
  const released = progress.lines.flatMap((line, index): ReleasedLine[] => {
    const taken = ready.includes(line) ? take(line, Infinity, matches) : [];
    const quantity = quantityOf(taken).toFixed();
    const reservedLine = taken[0]?.reservedLine;
    const from = { reservation, ...(reservedLine !== undefined && { reservedLine }) };
    put(line, { stage: 'RELEASED', quantity, ...from, node: node.id, fulfilment: fulfilmentOrder });
    return quantity === '0' ? [] : [{ ordered: orderedLine(draft, index), quantity, reservedLine }];
  });
  progress.fulfilments.push({
    id: fulfilmentOrder,
    node: node.id,
    wmsConnection: node.wmsConnection,
    status: 'REQUESTED',
  });
  const { requestedDate: day, shipToAddress } = agreed(draft);
  commands.push({
    kind: 'release-to-node',
    key: RELEASE_TO_NODE(fulfilmentOrder),
    request: {
      connection: node.wmsConnection,
      fulfilmentOrder,
      order: contents.id,
      purchaseOrder: contents.purchaseOrder,
      node: node.id,
      shipBy: day !== undefined && day > today ? day : today,
      shipTo: shipToAddress,
      lines: released.map(({ ordered: { line, item }, quantity }) => ({ line, item, quantity })),
      correlationId: contents.correlationId,
    },
  });
  facts.push({ type: ORDER_RELEASED, data: releasedFact(draft, node, fulfilmentOrder, reservation, released) });
}

function releasedFact(
  draft: Draft,
  node: NodeDto,
  fulfilmentOrder: string,
  reservation: string,
  released: readonly ReleasedLine[],
): Extract<Fact, { type: typeof ORDER_RELEASED }>['data'] {
  const { contents } = draft;
  return {
    order: contents.id,
    partner: contents.partner,
    customer: contents.customer,
    purchaseOrder: contents.purchaseOrder,
    fulfilmentOrder,
    node: node.id,
    erpConnection: contents.erpConnection,
    tmsConnection: node.tmsConnection,
    currency: contents.currency,
    shipFrom: node.address,
    shipTo: agreed(draft).shipToAddress,
    lines: released.map(({ ordered, quantity, reservedLine }) => ({
      line: ordered.line,
      item: ordered.item,
      quantity,
      reservation,
      ...(reservedLine !== undefined && { reservedLine }),
      unit: ordered.baseUnit,
      ...(ordered.weightKg === undefined ? {} : { weightKg: ordered.weightKg }),
      ...(ordered.capture === undefined ? {} : { capture: ordered.capture }),
      ...(ordered.unitPrice === undefined ? {} : { unitPrice: ordered.unitPrice }),
    })),
    channel: contents.channel,
  };
}
