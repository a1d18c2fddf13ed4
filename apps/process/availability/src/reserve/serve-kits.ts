import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBook } from '../out/book.store';
import { lock } from '../out/item.store';
import { NodeDirectory } from '../out/node-directory';
import { PolicyDirectory } from '../out/policy-directory';
import { quotasOf } from '../out/quota.store';
import { slicesOf, waiting, write, type Slice, type StoredSlice } from '../out/slice.store';
import { candidatesOf, cover } from '../promise/cover';
import { dateOf } from '../promise/days';
import { Ground } from '../promise/ground';
import { openDay } from '../promise/shipping-node';
import { withLookAhead } from '../promise/terms';
import { allocations } from './allocations';
import { changesOf } from './consume';
import { slicesOf as slicesFor } from './slices';
import { allocated } from './waiters';

const QUEUE = 'availability.serve-kits';

/**
 * A kit that waits in line waits as such. When a component of it has come, or is free again, whole kits are put together for who waits,
 * in their order: held as components from then on, like those that were reserved so. A job of its own, because it needs the
 * locks of all components, and after who waits for a component by itself.
 */
@Injectable()
export class ServeKits implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly nodes: NodeDirectory,
    private readonly policies: PolicyDirectory,
    private readonly outbox: Outbox,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, ({ payload }) => this.serve((payload as { kit: string }).kit));
  }

  private async serve(kit: string): Promise<RecordOutcome> {
    await this.nodes.nodes();
    return (tx) => this.serveIn(tx, kit);
  }

  private async serveIn(tx: Transaction, kit: string): Promise<void> {
    const terms = withLookAhead(await this.policies.termsIn(tx, [kit]));
    const components = (terms.kits.get(kit) ?? []).map(({ item }) => item);
    if (components.length === 0) return;
    await lock(tx, [kit, ...components]);
    const slices = await waiting(tx, [kit]);
    if (slices.length === 0) return;
    const reading = await loadBook(tx, components, this.config);
    const quotas = await quotasOf(tx, [kit, ...components]);
    const view = await this.nodes.at(reading.asOf);
    const ground = new Ground(reading.bookFor(view, terms, quotas), terms, view);
    const known = await slicesOf(tx, [...new Set(slices.map(({ reservation }) => reservation))]);
    const { created, changed } = putTogether(ground, slices, known);
    if (created.length === 0) return;
    await write(tx, { reservations: [], created, changed });
    const held = await slicesOf(tx, [...new Set(created.map(({ reservation }) => reservation))]);
    await this.outbox.publish(tx, allocations(created, held).map(allocated));
  }
}

/** Some component of these kits has changed. */
export function serveKitJobs(kits: readonly string[]): NewJob[] {
  return kits.map((kit) => ({ queue: QUEUE, orderKey: kit, payload: { kit } }));
}

function putTogether(ground: Ground, slices: readonly StoredSlice[], known: readonly StoredSlice[]) {
  const left = new Map(slices.map((slice) => [slice, slice.quantity]));
  const created: Slice[] = [];
  for (const slice of slices) {
    const excluded = new Set(slice.excluded);
    const { item, channel, multiple, quantity } = slice;
    const line = {
      item,
      quantity,
      day: slice.requested,
      node: slice.pinned ? slice.node : undefined,
      channel,
      multiple,
    };
    const day = openDay(candidatesOf(ground.sources, line, excluded), line.day);
    const [covered] = cover(ground.sources, [{ ...line, day }], excluded, ground.sourcing());
    const parts = covered?.parts ?? [];
    const number = 1 + [...known, ...created].reduce((last, each) => Math.max(last, each.standsFor?.kits ?? 0), 0);
    created.push(...slicesFor(requestOf(slice), lineOf(slice), { parts, substitutes: [] }, ground.view, number));
    left.set(slice, quantity - parts.reduce((sum, part) => sum + part.quantity, 0n));
  }
  return { created, changed: changesOf(left) };
}

/** As it was asked for: what it gets is held like an answer of then. */
function requestOf({
  reservation,
  excluded,
  channel,
  partner,
  priority,
}: StoredSlice): Parameters<typeof slicesFor>[0] {
  return {
    ...{ reservation, lines: [], mode: 'PARTIAL', kind: 'FIRM', excludeNodes: [...excluded], priority },
    ...(channel !== undefined && { channel }),
    ...(partner !== undefined && { partner }),
  };
}

function lineOf({ line, item, node, pinned, requested }: StoredSlice): Parameters<typeof slicesFor>[1] {
  return { line, item, quantity: '0', requestedDate: dateOf(requested), ...(pinned && { node }) };
}
