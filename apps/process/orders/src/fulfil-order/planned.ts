import type { NodeDto } from '#contracts/reference/reference.dto';
import type { Fact } from './facts';
import type { Command } from './order-command';
import type { OrderedLine, OrderState } from './order-state';

/** What a decision may look at beside the order. */
export interface Surroundings {
  /** RFC 3339. */
  readonly now: string;
  /** Day of `now`. */
  readonly today: string;
  readonly nodes: ReadonlyMap<string, NodeDto>;
}

export interface Plan {
  readonly commands: Command[];
  readonly facts: Fact[];
}

/** The line at this place. */
export function orderedLine({ contents }: OrderState, index: number): OrderedLine {
  const line = contents.lines[index];
  if (!line) throw new RangeError(`${contents.id} has no line at ${index}`);
  return line;
}
