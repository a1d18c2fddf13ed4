import type { Caller } from '#service/caller';

/** Who did it, as the audit says it: the key that called, and the person where one is named. */
export function auditedBy({ partner, keyId }: Caller, operator?: string): string {
  const key = `${partner}/${keyId}`;
  return operator === undefined ? key : `${operator} (${key})`;
}
