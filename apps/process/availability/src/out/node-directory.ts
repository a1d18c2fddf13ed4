import { Inject, Injectable } from '@nestjs/common';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { NodeView, type NodeFacts } from '../promise/nodes';

/** The nodes of reference data, read again when they are older than the configured time. */
@Injectable()
export class NodeDirectory {
  private known: readonly NodeFacts[] = [];
  private readUntil = 0;
  private everRead = false;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly reference: ReferenceApi,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /**
   * The nodes as seen at a moment of the database. Waits only for the first list: who asks may hold locks, and another app
   * must not decide for how long.
   */
  async at(asOf: string): Promise<NodeView> {
    const refreshed = this.nodes();
    if (!this.everRead) await refreshed;
    return new NodeView(this.known, new Date(asOf));
  }

  /** Reads again when the list is old. Use cases wait for it before they lock anything. */
  async nodes(): Promise<readonly NodeFacts[]> {
    if (Date.now() >= this.readUntil) {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      await this.reading;
    }
    return this.known;
  }

  private async read(): Promise<void> {
    try {
      this.known = (await this.reference.listNodes({})).nodes;
      this.readUntil = Date.now() + this.config.nodesCacheMs;
    } catch {
      // Nodes change a few times a year: the last list, tried again in a second, beats refusing to promise.
      this.readUntil = Date.now() + Math.min(1_000, this.config.nodesCacheMs);
    }
    this.everRead = true;
  }
}
