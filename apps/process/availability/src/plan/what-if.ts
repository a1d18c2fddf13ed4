import type { Finding } from '#canonical/errors';
import type { WhatIfChange } from '#contracts/availability/what-if.dto';
import type { Supply } from '../promise/book';
import { dayOf } from '../promise/days';
import { least, micro, text, type Micro } from '../promise/quantity';
import type { PlanDemand, Standing } from './node-plan';

/** Every node's standing of one item, as the changes so far leave it. */
export type Standings = Map<string, Standing>;

interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly field: keyof WhatIfChange;
  readonly expected?: string;
}
type Outcome = { readonly nodes: readonly string[] } | Refusal;

/** Makes the changes one after the other, in place. Answers the nodes touched and a finding for each change that cannot be made. */
export function change(
  standings: Standings,
  changes: readonly WhatIfChange[],
): { touched: Set<string>; findings: Finding[] } {
  const touched = new Set<string>();
  const findings: Finding[] = [];
  for (const [index, each] of changes.entries()) {
    const outcome = make(standings, each, index);
    if ('nodes' in outcome) for (const node of outcome.nodes) touched.add(node);
    else {
      const { field, ...rest } = outcome;
      const seen = each[field];
      findings.push({
        ...rest,
        pointer: `/changes/${index}/${field}`,
        ...(seen !== undefined && { seen: String(seen) }),
      });
    }
  }
  return { touched, findings };
}

function make(standings: Standings, each: WhatIfChange, index: number): Outcome {
  if (each.of === 'SUPPLY') return each.action === 'ADD' ? addSupply(standings, each, index) : moveSupply(standings, each); // prettier-ignore
  return each.action === 'ADD' ? addDemand(standings, each, index) : moveDemand(standings, each);
}

function addSupply(standings: Standings, each: WhatIfChange, index: number): Outcome {
  const { supply: id = `what-if-${index + 1}`, kind = 'PURCHASE_ORDER', announces, node, quantity, date } = each;
  const standing = standings.get(node ?? '');
  if (!standing || quantity === undefined || date === undefined) return unknownNode(node);
  if (findSupply(standings, id))
    return { code: 'SUPPLY_DUPLICATE', detail: `${id} is expected already: move it`, field: 'supply' };
  const announced = announces === undefined ? undefined : findSupply(standings, announces);
  if (announces !== undefined && !announced) return unknownSupply(announces, 'announces');
  if (announced) takeFrom(standings, announced, micro(quantity));
  const added: Supply = { id, kind, day: dayOf(date), quantity: micro(quantity) };
  const now = standings.get(standing.node) ?? standing;
  standings.set(now.node, { ...now, supplies: [...now.supplies, added] });
  return { nodes: announced ? [now.node, announced.node] : [now.node] };
}

function moveSupply(standings: Standings, { supply = '', quantity, date }: WhatIfChange): Outcome {
  const found = findSupply(standings, supply);
  if (!found) return unknownSupply(supply, 'supply');
  const wanted = quantity === undefined ? found.supply.quantity : micro(quantity);
  if (wanted > found.supply.quantity) return tooMuch(found.supply.quantity);
  const whole = wanted === found.supply.quantity;
  takeFrom(standings, found, wanted);
  if (date !== undefined) {
    const standing = standings.get(found.node);
    // A part that comes on another day is a supply of its own beside the rest.
    const moved = {
      ...found.supply,
      id: whole ? supply : freeId(standings, supply),
      day: dayOf(date),
      quantity: wanted,
    };
    if (standing) standings.set(found.node, { ...standing, supplies: [...standing.supplies, moved] });
  }
  return { nodes: [found.node] };
}

function addDemand(standings: Standings, each: WhatIfChange, index: number): Outcome {
  const { reservation = `what-if-${index + 1}`, line = 1, node, quantity, date } = each;
  const standing = standings.get(node ?? '');
  if (!standing || quantity === undefined || date === undefined) return unknownNode(node);
  const id = `what-if-${index + 1}`;
  const added: PlanDemand = { ...{ id, reservation, line }, ...waiting, quantity: micro(quantity), day: dayOf(date) };
  standings.set(standing.node, { ...standing, demands: [...standing.demands, added] });
  return { nodes: [standing.node] };
}

const waiting = { held: false, dated: true, state: 'PROMISED' } as const;

/** What waits goes before what is held, the latest before the earlier: as a release takes it. */
function moveDemand(standings: Standings, { reservation = '', line = 0, quantity, date }: WhatIfChange): Outcome {
  const owned = [...standings.values()].flatMap(({ node, demands }) =>
    demands
      .filter((demand) => demand.reservation === reservation && demand.line === line)
      .map((demand) => ({ node, demand })),
  );
  const [first] = owned;
  if (!first)
    return {
      code: 'DEMAND_UNKNOWN',
      detail: `${reservation} has no open line ${line} of this item`,
      field: 'reservation',
    };
  const there = owned.reduce((sum, { demand }) => sum + demand.quantity, 0n);
  let open = quantity === undefined ? there : micro(quantity);
  if (open > there) return tooMuch(there);
  owned.sort((a, b) => Number(a.demand.held) - Number(b.demand.held) || b.demand.day - a.demand.day);
  for (const { node, demand } of owned) {
    const part = least(open, demand.quantity);
    open -= part;
    const standing = standings.get(node);
    if (part > 0n && standing) standings.set(node, withDemandMoved(standing, demand, part, date));
  }
  return { nodes: owned.map(({ node }) => node) };
}

/** What was held on hand is free again; on its new day it is a demand like any other. */
function withDemandMoved(standing: Standing, demand: PlanDemand, part: Micro, date: string | undefined): Standing {
  const rest = demand.quantity - part;
  const demands = standing.demands.flatMap((each) => {
    if (each !== demand) return [each];
    return rest > 0n ? [{ ...each, quantity: rest }] : [];
  });
  if (date !== undefined)
    demands.push({
      ...demand,
      ...waiting,
      id: rest > 0n ? `${demand.id}~1` : demand.id,
      quantity: part,
      day: dayOf(date),
    });
  return { ...standing, demands, free: standing.free + (demand.held ? part : 0n) };
}

interface FoundSupply {
  readonly node: string;
  readonly supply: Supply;
}

function findSupply(standings: Standings, id: string): FoundSupply | undefined {
  for (const { node, supplies } of standings.values()) {
    const supply = supplies.find((each) => each.id === id);
    if (supply) return { node, supply };
  }
  return undefined;
}

/** Lowers a supply by at most what it has; at 0 it is gone. */
function takeFrom(standings: Standings, { node, supply }: FoundSupply, quantity: Micro): void {
  const standing = standings.get(node);
  if (!standing) return;
  const supplies = standing.supplies.flatMap((each) => {
    if (each.id !== supply.id) return [each];
    return each.quantity > quantity ? [{ ...each, quantity: each.quantity - quantity }] : [];
  });
  standings.set(node, { ...standing, supplies });
}

function freeId(standings: Standings, id: string): string {
  let number = 1;
  while (findSupply(standings, `${id}~${number}`)) number += 1;
  return `${id}~${number}`;
}

function unknownNode(node: string | undefined): Refusal {
  return { code: 'NODE_UNKNOWN', detail: `no node ${node ?? ''}`, field: 'node' };
}

function unknownSupply(id: string, field: 'supply' | 'announces'): Refusal {
  return { code: 'SUPPLY_UNKNOWN', detail: `no supply ${id} is expected of this item`, field };
}

function tooMuch(there: Micro): Refusal {
  return {
    code: 'QUANTITY_EXCEEDED',
    detail: 'more than there is',
    field: 'quantity',
    expected: `at most ${text(there)}`,
  };
}
