import { SUBSTITUTES } from './2026-11-01-substitutes';
import type { DatedChange } from './dated-change';

/** What the contracts were before their first dated change. */
export const FIRST_DATE = '2026-06-01';
/** Dates that are served no more: 410. A gateway does not start while one is in use, unless told why. */
export const RETIRED_DATES: readonly string[] = [];
/** Oldest first. */
export const DATED_CHANGES: readonly DatedChange[] = [SUBSTITUTES];
