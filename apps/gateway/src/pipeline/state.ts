import type { IdempotencySlot } from '../idempotency/idempotency.store';
import type { Operation } from '../documents/operations';

/** What a request asks for under which key. */
export interface Asked {
  readonly slot: IdempotencySlot;
  readonly requestHash: string;
}

/** What the gateway keeps of a request between its steps. */
export interface RequestState {
  readonly operation: Operation;
  /** The Crossdock-Version it is answered as. */
  date?: string;
  /** The attempt whose answer is to be kept. */
  attempt?: { readonly slot: IdempotencySlot; readonly fence: string };
  /** What runs under a key that names what it makes. */
  named?: Asked;
  /** The request ran under an Idempotency-Key. */
  underKey?: true;
  /** What was answered, for the log of the partner. */
  answer?: string;
  /** Policies of the plan that refused it. */
  violatedPolicies?: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent on routes outside the documents: webhooks, documents, health. */
    gateway?: RequestState;
  }
}
