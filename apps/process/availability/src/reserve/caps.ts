import type { Finding } from '#canonical/errors';
import type { ReserveLine, ReserveRequest } from '#contracts/availability/reserve.dto';
import type { HeldUnderCap } from '../out/cap.store';
import type { Kits } from '../promise/kits';
import type { Substitute } from '../promise/offer';
import { greatest, micro, text, type Micro } from '../promise/quantity';

const ONE = 1_000_000n;

/** What partners may still hold softly, while one batch decides. */
export class Caps {
  private readonly room = new Map<string, Micro>();

  constructor(
    held: readonly HeldUnderCap[],
    private readonly kits: Kits,
  ) {
    for (const { partner, item, maximum, held: quantity } of held)
      this.room.set(keyOf(partner, item), maximum - quantity);
  }

  /** A finding per line that goes beyond. `replaced`: what the request sets free of an item by what it converts. */
  exceeded({ kind, partner, lines }: ReserveRequest, replaced: (item: string) => Micro): Finding[] {
    if (kind !== 'SOFT' || partner === undefined) return [];
    const wanted = new Map<string, Micro>();
    return lines.flatMap(({ line, ...asked }, index) =>
      neededFor(asked, this.kits).flatMap(({ item, quantity }) => {
        const before = wanted.get(item) ?? 0n;
        wanted.set(item, before + quantity);
        const room = this.room.get(keyOf(partner, item));
        if (room === undefined) return [];
        const left = greatest(room + replaced(item) - before, 0n);
        if (quantity <= left) return [];
        return [
          {
            code: 'RESERVATION_CAP_EXCEEDED',
            detail: `line ${line}: ${partner} may hold ${text(left)} more of ${item}`,
            pointer: `/lines/${index}/quantity`,
            seen: text(quantity),
            expected: text(left),
          },
        ];
      }),
    );
  }

  /** Whether all of a line could be held of a substitute of which so much stands for one unit. */
  hasRoomFor(partner: string, { item, ratio }: Substitute, quantity: string): boolean {
    const room = this.room.get(keyOf(partner, item));
    return room === undefined || micro(quantity) * ratio <= room * ONE;
  }

  /** Counts what was reserved; a negative quantity what was given up. */
  count(partner: string | undefined, item: string, quantity: Micro): void {
    const key = keyOf(partner ?? '', item);
    const room = this.room.get(key);
    if (room !== undefined) this.room.set(key, room - quantity);
  }
}

/** What a line would hold: of a kit its components. */
export function neededFor(
  { item, quantity }: Pick<ReserveLine, 'item' | 'quantity'>,
  kits: Kits,
): { readonly item: string; readonly quantity: Micro }[] {
  const wanted = micro(quantity);
  const components = kits.get(item);
  if (!components) return [{ item, quantity: wanted }];
  return components.map((part) => ({ item: part.item, quantity: (wanted * part.quantity) / ONE }));
}

function keyOf(partner: string, item: string): string {
  return `${partner}\u001f${item}`;
}
