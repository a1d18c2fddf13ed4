import { Injectable } from '@nestjs/common';
import { ReferenceApi } from '#contracts/reference/reference.api';
import type { NodeDto } from '#contracts/reference/reference.dto';

const FRESH_MS = 5_000;

/** The nodes, at most five seconds old. When reference does not answer, the last known ones serve. */
@Injectable()
export class Nodes {
  private known: { readonly at: number; readonly nodes: ReadonlyMap<string, NodeDto> } | undefined;
  private asking: Promise<ReadonlyMap<string, NodeDto>> | undefined;

  constructor(private readonly reference: ReferenceApi) {}

  async current(): Promise<ReadonlyMap<string, NodeDto>> {
    if (this.known && Date.now() - this.known.at < FRESH_MS) return this.known.nodes;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(): Promise<ReadonlyMap<string, NodeDto>> {
    try {
      const { nodes } = await this.reference.listNodes({});
      this.known = { at: Date.now(), nodes: new Map(nodes.map((node) => [node.id, node])) };
    } catch (error) {
      if (!this.known) throw error;
    }
    return this.known.nodes;
  }
}
