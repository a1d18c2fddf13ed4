/**
 * What is sent away first when there is too much to do. `read`: asks, or can be asked again later without a loss. `write`: changes
 * something. `kept`: what partners and administrators see and steer the installation by; never sent away.
 */
export type Urgency = 'read' | 'write' | 'kept';

/** From what its document says: who only needs to read asks a question. `canWait`: it says so although it needs a scope to write. */
export function urgencyOf(document: string, scopes: readonly (readonly string[])[], canWait: boolean): Urgency {
  if (document.startsWith('gateway/')) return 'kept';
  return canWait || scopes.every((needed) => needed.every((scope) => scope.endsWith(':read'))) ? 'read' : 'write';
}
