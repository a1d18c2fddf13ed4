import type { ValidateFunction } from 'ajv/dist/2020';
import type { Finding } from '#canonical/errors';
import { findingsOf, newAjv } from '#service/contract-check';
import type { OpenApiDocument } from '#service/documents';
import { closedSchemas, listBounds, within } from './schemas';

/** Every fault of a body that has more values than any honest one is work for a hostile caller: then the first one is told. */
const VALUES_LOOKED_THROUGH = 100_000;

/** What is wrong with a body; empty when nothing is. */
export type BodyCheck = (body: unknown) => Finding[];

/**
 * Checks bodies in steps, because collecting all faults costs the square of their number (Ajv copies what it has at every `$ref`):
 * a yes or no that stops at the first fault; then lists that are too long, told alone; then everything.
 */
export class BodyChecks {
  private readonly quick = newAjv({ allErrors: false });
  private readonly bounds = newAjv({ allErrors: false });
  private readonly full = newAjv();

  constructor(
    private readonly name: string,
    { components }: OpenApiDocument,
  ) {
    const schemas = closedSchemas(components.schemas ?? {});
    for (const ajv of [this.quick, this.full]) ajv.addSchema({ $id: name, components: { schemas } });
    this.bounds.addSchema({ $id: name, components: { schemas: listBounds(schemas) } });
  }

  check(schema: object): BodyCheck {
    const own = within(this.name, schema);
    const quick = this.quick.compile(own);
    // Only a fault needs the words: an installation starts without them.
    const bounds = once(() => this.bounds.compile(listBounds({ own })['own'] ?? {}));
    const full = once(() => this.full.compile(own));
    return (body) => {
      if (quick(body)) return [];
      if (!bounds()(body)) return faultsOf(bounds());
      if (hasMoreValuesThan(body, VALUES_LOOKED_THROUGH)) return faultsOf(quick);
      full()(body);
      return faultsOf(full());
    };
  }
}

function faultsOf({ errors }: ValidateFunction): Finding[] {
  return findingsOf(errors ?? []);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function hasMoreValuesThan(value: unknown, limit: number): boolean {
  const waiting = [value];
  for (let seen = 1; waiting.length > 0;) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if ((seen += inner.length) > limit) return true;
    for (const each of inner) waiting.push(each);
  }
  return false;
}
