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

function isMeant(slice: StoredSlice, { line, node, held }: ReleaseLine): boolean {
  if (slice.line !== line || (node !== undefined && slice.node !== node)) return false;
  return held === undefined || slice.held === (held === 'ALLOCATED');
}

/** What waits goes first, then the latest promise, then what is held. */
export function choose(
  slices: readonly StoredSlice[],
  lines: readonly ReleaseLine[] | undefined,
): { changed: SliceChanges['changed']; lines: ReleasedLine[] } {
  const wanted =
    lines ?? [...new Set(slices.map((slice) => slice.line))].sort((a, b) => a - b).map((line) => ({ line }));
  const left = new Map<StoredSlice, Micro>(slices.map((slice) => [slice, slice.quantity]));
  const sorted = [...slices].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.day - a.day);
  const released = wanted.map((line: ReleaseLine) => {
    let open = line.quantity === undefined ? undefined : micro(line.quantity);
    let freed = 0n;
    for (const slice of sorted) {
      if (!isMeant(slice, line)) continue;
      const rest = left.get(slice) ?? 0n;
      const taken = open === undefined ? rest : least(open, rest);
      left.set(slice, rest - taken);
      if (open !== undefined) open -= taken;
      freed += taken;
    }
    return { line: line.line, released: text(freed) };
  });
  return { changed: changesOf(left), lines: released };
}
