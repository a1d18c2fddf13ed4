import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ReleasedLine, ReleaseLine, ReleaseRequest, ReleaseResponse } from '#contracts/availability/release.dto';
import { Database, type Transaction } from '#persistence/database';
import { NodeDirectory } from '../out/node-directory';
import { isFirstRelease, keepRelease, release as readRelease } from '../out/reservation.store';
import type { SliceChanges, SliceState, StoredSlice } from '../out/slice.store';
import { least, micro, text, type Micro } from '../promise/quantity';
import { changesOf } from './consume';
import { Freeing } from './freeing';
import { holdingsOf, itemOf, takeUnits, unitsOf, wholeIn, type Holding } from './holdings';

/** Releases by a partner or an order: once per key. */
@Injectable()
export class Releases {
  constructor(
    private readonly database: Database,
    private readonly freeing: Freeing,
    private readonly nodes: NodeDirectory,
  ) {}

  /** Errors: RELEASE_CONFLICT (the same key with other content). */
  async release(request: ReleaseRequest): Promise<ReleaseResponse> {
    await this.nodes.nodes();
    return this.database.transaction((tx) => this.releaseIn(tx, request));
  }

  private async releaseIn(tx: Transaction, request: ReleaseRequest): Promise<ReleaseResponse> {
    const { reservation, key } = request;
    const hash = createHash('sha256')
      .update(JSON.stringify(request.lines ?? null))
      .digest('base64url');
    if (!(await isFirstRelease(tx, reservation, key, hash))) {
      const first = await readRelease(tx, reservation, key);
      if (first?.hash === hash) return first.response;
      const message = `release ${key} of ${reservation} was made with other lines`;
      throw new CrossdockError({ code: 'RELEASE_CONFLICT', kind: 'conflict', message });
    }
    let lines: ReleasedLine[] = [];
    await this.freeing.free(tx, [reservation], (slices) => {
      const chosen = choose(slices, request.lines);
      lines = chosen.lines;
      return chosen.changed;
    });
    const response = { reservation, lines };
    await keepRelease(tx, key, response);
    return response;
  }
}

const order: readonly SliceState[] = ['BACKORDERED', 'PROMISED', 'RESERVED', 'ALLOCATED'];

/** What waits goes first, then the latest promise, then what is held. Kits go as kits. */
export function choose(
  slices: readonly StoredSlice[],
  lines: readonly ReleaseLine[] | undefined,
): { changed: SliceChanges['changed']; lines: ReleasedLine[] } {
  const wanted =
    lines ?? [...new Set(slices.map((slice) => slice.line))].sort((a, b) => a - b).map((line) => ({ line }));
  const left = new Map<StoredSlice, Micro>(slices.map((slice) => [slice, slice.quantity]));
  const leftOf = (slice: StoredSlice): Micro => left.get(slice) ?? 0n;
  const take = (slice: StoredSlice, quantity: Micro) => left.set(slice, leftOf(slice) - quantity);
  const holdings = holdingsOf([...slices].sort(byTurn));
  const released = wanted.map(({ line, item, node, quantity, held }: ReleaseLine) => {
    let open = quantity === undefined ? undefined : micro(quantity);
    let freed = 0n;
    for (const holding of holdings) {
      if (holding[0].line !== line || (node !== undefined && holding[0].node !== node)) continue;
      if (item !== undefined && itemOf(holding) !== item) continue;
      if (item !== undefined && holding[0].standsFor?.as === 'SUBSTITUTE') {
        const [slice] = holding;
        const own = isMeant(slice, held) ? least(open ?? leftOf(slice), leftOf(slice)) : 0n;
        take(slice, own);
        if (open !== undefined) open -= own;
        freed += own;
        continue;
      }
      const most = unitsMeant(holding, held, leftOf);
      const units = open === undefined ? most : wholeIn(holding, least(open, most));
      const all = open === undefined && held === undefined;
      if (all) for (const slice of holding) take(slice, leftOf(slice));
      else takeUnits(holding, units, (slice) => (held === 'ALLOCATED' && !slice.held ? 0n : leftOf(slice)), take);
      if (open !== undefined) open -= units;
      freed += units;
    }
    return { line, released: text(freed) };
  });
  return { changed: changesOf(left), lines: released };
}

/** Of a substitute that is named its own units count: what it stands for is no matter. */
function isMeant(slice: StoredSlice, held: ReleaseLine['held']): boolean {
  return held === undefined || slice.held === (held === 'ALLOCATED');
}

/** Of kits that wait for one component the others may be there: they are not allocated yet. */
function unitsMeant(
  holding: Holding<StoredSlice>,
  held: ReleaseLine['held'],
  leftOf: (slice: StoredSlice) => Micro,
): Micro {
  const all = unitsOf(holding, leftOf);
  if (held === undefined) return all;
  const ready = unitsOf(holding, (slice) => (slice.held ? leftOf(slice) : 0n));
  return held === 'ALLOCATED' ? ready : all - ready;
}

function byTurn(a: StoredSlice, b: StoredSlice): number {
  return order.indexOf(a.state) - order.indexOf(b.state) || b.day - a.day;
}
