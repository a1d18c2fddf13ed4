import { AsyncLocalStorage } from 'node:async_hooks';
import { uuidv7 } from '#canonical/ids';

const current = new AsyncLocalStorage<string>();

/** The id that ties a partner's request to everything it leads to; a new one outside of any request or event. */
export function correlationId(): string {
  return current.getStore() ?? uuidv7();
}

/** The id of the request or event being worked on, if any. */
export function currentCorrelation(): string | undefined {
  return current.getStore();
}

/** Runs `work`, and all that it starts, under this correlation id. */
export function withCorrelation<T>(id: string, work: () => T): T {
  return current.run(id, work);
}

/** Puts the rest of the current asynchronous flow under this id. For hooks that cannot wrap what follows them. */
export function enterCorrelation(id: string): void {
  current.enterWith(id);
}
