/** What keeps stock or supply from being promised although it is there. Listed from the most particular to the most general. */
export const RESTRICTIONS = [
  'PACK_ROUNDING',
  'CHANNEL_CAP',
  'CHANNEL_PROTECTED',
  'NODE',
  'LATEST_DATE',
  'STALE_SOURCE',
  'SAFETY_STOCK',
  'SHELF_LIFE',
  'OVERDUE_SUPPLY',
  'HORIZON',
] as const;

export type Restriction = (typeof RESTRICTIONS)[number];
