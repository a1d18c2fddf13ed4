/**
 * A value, or a promise of it. What is known already is handed on at once: where asynchronous context is tracked, every
 * promise of a request costs a microsecond or two, and the front door stands before all of them.
 */
export type NowOrLater<T> = T | Promise<T>;

export function andThen<T, U>(value: NowOrLater<T>, next: (value: T) => NowOrLater<U>): NowOrLater<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs a step of a hook and tells the hook's `done` what became of it. */
export function settle(step: () => NowOrLater<unknown>, done: (error?: Error) => void): void {
  let outcome: unknown;
  try {
    outcome = step();
  } catch (error) {
    done(asError(error));
    return;
  }
  if (outcome instanceof Promise)
    outcome.then(
      () => done(),
      (error: unknown) => done(asError(error)),
    );
  else done();
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
