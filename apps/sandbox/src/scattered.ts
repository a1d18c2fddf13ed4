import type { Faults } from './faults';

/** Modes of the operation `event`: one event of many in a delivery goes astray. */
const EVENT_FAULTS = [
  'event-twice', // told now, and once more a second later
  'event-late', // told a second later, after what happened since
] as const;
export const SCATTERED_SECONDS = 1;

export interface Scattered<T> {
  readonly now: readonly T[];
  /** To be told after SCATTERED_SECONDS. */
  readonly later: readonly T[];
}

/** What a simulated backend tells now, and what it tells late or twice, as its armed faults have it. */
export function scattered<T>(faults: Faults, kind: string, installation: string, events: readonly T[]): Scattered<T> {
  const now: T[] = [];
  const later: T[] = [];
  for (const event of events) {
    const mode = faults.take(kind, installation, 'event', EVENT_FAULTS)?.mode;
    if (mode !== 'event-late') now.push(event);
    if (mode !== undefined) later.push(event);
  }
  return { now, later };
}
