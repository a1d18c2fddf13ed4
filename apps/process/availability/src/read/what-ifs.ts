import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { WhatIfAnswer, WhatIfRequest } from '#contracts/availability/what-if.dto';
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeDirectory } from '../out/node-directory';
import { expectedOf } from '../out/expected-receipt.store';
import { demandsOfItem, type StoredDemand } from '../out/plan.store';
import { now, positionsOfItem } from '../out/position.store';
import { nodeComparison, promiseComparison } from '../plan/comparison';
import { planNode, type Standing } from '../plan/node-plan';
import { change } from '../plan/what-if';
import { changeFaults } from '../plan/what-if-faults';
import type { NodeView } from '../promise/nodes';
import { standingsOf, unknownItem } from './timelines';

const DEFAULT_DAYS = 30;

/** What the plan of an item would be if supply or demand were otherwise. Reads only: the transaction cannot write. */
@Injectable()
export class WhatIfs {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: ITEM_UNKNOWN (not-found), WHAT_IF_INVALID (invalid) with a finding per fault. */
  async answer(request: WhatIfRequest): Promise<WhatIfAnswer> {
    const { item, changes, days = DEFAULT_DAYS } = request;
    const nodes = await this.nodes.nodes();
    const { asOf, positions, supplies, demands } = await this.read(request);
    const view = await this.nodes.at(asOf);
    refuse(changeFaults(changes, (node) => (node === undefined ? view.earliestToday : view.today(node))));
    const standings = new Map(standingsOf(positions, supplies, demands, view).map((each) => [each.node, each]));
    for (const { id } of nodes) if (!standings.has(id)) standings.set(id, emptyStanding(item, id, demands, view));
    const changed = new Map(standings);
    const { touched, findings } = change(changed, changes);
    refuse(findings);
    const pairs = [...touched].flatMap((node) => {
      const [before, after] = [standings.get(node), changed.get(node)];
      return before && after ? [{ before: planNode(before, this.config), after: planNode(after, this.config) }] : [];
    });
    return {
      ...{ item, asOf },
      nodes: pairs.map((pair) => nodeComparison(pair, days)),
      promises: promiseComparison(pairs),
    };
  }

  private read({ item, changes }: WhatIfRequest) {
    const named = changes.flatMap(({ reservation }) => reservation ?? []);
    return this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      const positions = await positionsOfItem(tx, item);
      if (positions.length === 0) throw unknownItem(item);
      const supplies = await expectedOf(tx, [item]);
      return { asOf: await now(tx), positions, supplies, demands: await demandsOfItem(tx, item, named) };
    });
  }
}

/** A node that has never held or expected the item; a backorder may stand there. */
function emptyStanding(item: string, node: string, demands: readonly StoredDemand[], view: NodeView): Standing {
  const own = demands.filter((demand) => demand.node === node);
  return { item, node, today: view.today(node), free: 0n, safety: 0n, supplies: [], demands: own };
}

function refuse(findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const message = findings[0]?.detail ?? 'some changes cannot be made';
  throw new CrossdockError({ code: 'WHAT_IF_INVALID', kind: 'invalid', message, findings });
}
