import type { ReserveLine, ReserveRequest } from '#contracts/availability/reserve.dto';
import type { Slice, SliceState } from '../out/slice.store';
import type { Part } from '../promise/book';
import { dayOf } from '../promise/days';
import type { Ground } from '../promise/ground';
import type { NodeView } from '../promise/nodes';
import type { Offer } from '../promise/offer';
import { micro, type Micro } from '../promise/quantity';

const ONE = 1_000_000n;
const DEFAULT_PRIORITY = 5;

export function stateOf(kind: 'SOFT' | 'FIRM', part: Part): Exclude<SliceState, 'BACKORDERED'> {
  if (kind === 'SOFT') return 'RESERVED';
  return part.held ? 'ALLOCATED' : 'PROMISED';
}

/** All that one line gets. Kits are held as their components, with a number that keeps together what belongs together. */
export function slicesOf(
  request: ReserveRequest,
  line: ReserveLine,
  { parts, substitutes }: Pick<Offer, 'parts' | 'substitutes'>,
  view: NodeView,
  firstKits = 0,
): Slice[] {
  const own = parts.flatMap((part, index) =>
    part.components
      ? componentSlices(request, line, part, firstKits + index, view)
      : [sliceOf(request, line, part, view)],
  );
  const instead = substitutes.map(({ item, part, ratio }) => ({
    ...sliceOf(request, line, part, view),
    item,
    multiple: undefined,
    standsFor: { item: line.item, as: 'SUBSTITUTE' as const, ratio },
  }));
  return [...own, ...instead];
}

function componentSlices(
  request: ReserveRequest,
  line: ReserveLine,
  { node, quantity, day, components = [] }: Part,
  kits: number,
  view: NodeView,
): Slice[] {
  const sums = new Map<string, Micro>();
  for (const { item, part } of components) sums.set(item, (sums.get(item) ?? 0n) + part.quantity);
  return components.map(({ item, part }) => ({
    ...sliceOf(request, line, { ...part, node, day }, view),
    item,
    multiple: undefined,
    standsFor: { item: line.item, as: 'COMPONENT', ratio: ((sums.get(item) ?? 0n) * ONE) / quantity, kits },
  }));
}

/** Written out, as each part of each line passes. */
function sliceOf(request: ReserveRequest, line: ReserveLine, part: Part, view: NodeView): Slice {
  const { channel, partner, priority } = request;
  return {
    reservation: request.reservation,
    line: line.line,
    item: line.item,
    node: part.node,
    state: stateOf(request.kind, part),
    held: part.held,
    quantity: part.quantity,
    day: part.day,
    requested: line.requestedDate === undefined ? view.today(part.node) : dayOf(line.requestedDate),
    basis: part.basis,
    supply: part.supply,
    pinned: line.node !== undefined,
    excluded: request.excludeNodes ?? [],
    multiple: line.multiple === undefined ? undefined : micro(line.multiple),
    channel,
    partner,
    priority: priority ?? DEFAULT_PRIORITY,
  };
}

/** Whose a reservation and its slices are. */
export function ownerOf({ channel, partner, priority }: ReserveRequest) {
  return { channel, partner, priority: priority ?? DEFAULT_PRIORITY };
}

/** What nothing known covers waits in line, shown at the node that would serve it first. */
export function backorderOf(
  request: ReserveRequest,
  line: ReserveLine,
  quantity: Micro,
  { book, view }: Ground,
  excluded: ReadonlySet<string>,
): Slice {
  const stocked = book.get(line.item)?.find((each) => !excluded.has(each.node))?.node;
  const node = line.node ?? stocked ?? view.home(excluded) ?? '';
  const day = line.requestedDate === undefined ? view.today(node) : dayOf(line.requestedDate);
  return {
    reservation: request.reservation,
    line: line.line,
    item: line.item,
    node,
    state: 'BACKORDERED',
    held: false,
    quantity,
    day,
    requested: day,
    basis: 'BACKORDER',
    supply: undefined,
    pinned: line.node !== undefined,
    excluded: request.excludeNodes ?? [],
    multiple: line.multiple === undefined ? undefined : micro(line.multiple),
    ...ownerOf(request),
  };
}
