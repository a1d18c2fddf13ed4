/** `portal:*` grants all of the portal, `portal:orders:*` all of its orders. */
export function grants(held: readonly string[], needed: string): boolean {
  return held.some((scope) => scope === needed || (scope.endsWith(':*') && needed.startsWith(scope.slice(0, -1))));
}
