import { Injectable } from '@nestjs/common';
import { PortalProcesses } from './processes';

/** Nodes change rarely; five seconds of an old list refuse no node that is there. */
const KEPT_MS = 5_000;

/** Which nodes there are, and which day it is at each. */
@Injectable()
export class NodeDays {
  private zones: { readonly byNode: ReadonlyMap<string, string>; readonly until: number } = {
    byNode: new Map(),
    until: 0,
  };

  constructor(private readonly processes: PortalProcesses) {}

  /** By node: its own calendar day, `YYYY-MM-DD`. */
  async today(): Promise<ReadonlyMap<string, string>> {
    if (this.zones.until < Date.now()) {
      const { nodes } = await this.processes.reference.listNodes({});
      this.zones = { byNode: new Map(nodes.map(({ id, timeZone }) => [id, timeZone])), until: Date.now() + KEPT_MS };
    }
    const now = new Date();
    const days = new Map([...new Set(this.zones.byNode.values())].map((zone) => [zone, dayIn(zone, now)]));
    return new Map([...this.zones.byNode].map(([node, zone]) => [node, days.get(zone) ?? '']));
  }
}

/** UTC when nobody knows the zone, as availability has it. */
function dayIn(timeZone: string, now: Date): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
      now,
    );
  } catch {
    return now.toISOString().slice(0, 10);
  }
}
