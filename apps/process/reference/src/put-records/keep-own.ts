/** The record as sent, with those attributes of before that it does not name. Pure. */
export function keepOwn<T extends object>(keys: readonly (keyof T)[], before: Partial<T> | undefined, sent: T): T {
  const kept = keys.filter((key) => sent[key] === undefined && before?.[key] !== undefined);
  return { ...sent, ...Object.fromEntries(kept.map((key) => [key, before?.[key]])) };
}
