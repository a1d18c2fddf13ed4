import type { Micro } from '../promise/quantity';
import type { Slice, SliceChanges } from './slice-shapes';

/** Promised or held by channels, per item and node; who waits without a promise has nothing yet. */
export function takenByChannels({ created, changed, shipped }: SliceChanges): { slice: Slice; quantity: Micro }[] {
  const sums = new Map<string, { slice: Slice; quantity: Micro }>();
  const add = (slice: Slice, quantity: Micro): void => {
    if (slice.channel === undefined || slice.state === 'BACKORDERED') return;
    const key = `${slice.item}\u001f${slice.channel}\u001f${slice.node}`;
    sums.set(key, { slice, quantity: quantity + (sums.get(key)?.quantity ?? 0n) });
  };
  for (const slice of created) add(slice, slice.quantity);
  if (shipped !== true) for (const { slice, quantity } of changed) add(slice, quantity - slice.quantity);
  return [...sums.values()].filter(({ quantity }) => quantity !== 0n);
}

/** What a position gains or loses of stock that is held. */
interface Move {
  readonly item: string;
  readonly node: string;
  allocated: Micro;
  reserved: Micro;
}

export function movesOf(created: readonly Slice[], changed: SliceChanges['changed']): Move[] {
  const moves = new Map<string, Move>();
  const add = (slice: Slice, quantity: Micro): void => {
    if (!slice.held || quantity === 0n) return;
    const key = `${slice.item}\u001f${slice.node}`;
    const move = moves.get(key) ?? { item: slice.item, node: slice.node, allocated: 0n, reserved: 0n };
    if (slice.state === 'ALLOCATED') move.allocated += quantity;
    else move.reserved += quantity;
    moves.set(key, move);
  };
  for (const slice of created) add(slice, slice.quantity);
  for (const { slice, quantity } of changed) add(slice, quantity - slice.quantity);
  return [...moves.values()].filter((move) => move.allocated !== 0n || move.reserved !== 0n);
}
