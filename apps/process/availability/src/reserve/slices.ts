import type { ReserveLine, ReserveRequest } from '#contracts/availability/reserve.dto';
import type { Slice, SliceState } from '../out/slice.store';
import type { Part } from '../promise/book';
import { dayOf } from '../promise/days';
import type { Ground } from '../promise/ground';
import type { NodeView } from '../promise/nodes';
import type { Micro } from '../promise/quantity';

const DEFAULT_PRIORITY = 5;

export function stateOf(kind: 'SOFT' | 'FIRM', part: Part): Exclude<SliceState, 'BACKORDERED'> {
  if (kind === 'SOFT') return 'RESERVED';
  return part.held ? 'ALLOCATED' : 'PROMISED';
}

export function sliceOf(request: ReserveRequest, line: ReserveLine, part: Part, view: NodeView): Slice {
  return {
    ...part,
    reservation: request.reservation,
    line: line.line,
    item: line.item,
    state: stateOf(request.kind, part),
    requested: line.requestedDate === undefined ? view.today(part.node) : dayOf(line.requestedDate),
    pinned: line.node !== undefined,
    excluded: request.excludeNodes ?? [],
    ...ownerOf(request),
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
    ...ownerOf(request),
  };
}
