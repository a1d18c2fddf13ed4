import type { OPERATIONS, Operations } from './generated/operations';

/** Every operation of the partner contracts, named as its `operationId`: `portalOrders.place`. */
export type OperationId = keyof Operations & keyof typeof OPERATIONS;

type Parameters<Id extends OperationId> = Operations[Id]['parameters'];
type Present<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : undefined extends Value
    ? { readonly [Key in Name]?: NonNullable<Value> }
    : { readonly [Key in Name]: Value };
type Body<Id extends OperationId> = Operations[Id] extends {
  requestBody: { content: { 'application/json': infer Given } };
}
  ? { readonly body: Given }
  : Operations[Id] extends { requestBody?: { content: { 'application/json': infer Given } } }
    ? { readonly body?: Given }
    : unknown;

/** What every call takes beside what its contract asks for. */
export interface CallOptions {
  /**
   * Names this call for 30 days: the same key and content give the first answer again. Made up when absent, where the operation takes
   * one; give your own (from your order, say) when a call must stay one even if your process dies and asks again.
   */
  readonly idempotencyKey?: string;
  /** The ETag of the version you saw: another version now is refused with 412. */
  readonly ifMatch?: string;
  /** 1 to 100 printable characters, echoed as `Request-Id`; made up when absent. */
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

export type Input<Id extends OperationId> = CallOptions &
  Present<'path', Parameters<Id>['path']> &
  Present<'query', Parameters<Id>['query']> &
  Body<Id>;

type Success = 200 | 201 | 202 | 204 | 207;
/** The body of the operation's success. */
export type Output<Id extends OperationId> = {
  [Status in keyof Operations[Id]['responses'] & Success]: Operations[Id]['responses'][Status] extends {
    content: { 'application/json': infer Given };
  }
    ? Given
    : undefined;
}[keyof Operations[Id]['responses'] & Success];

export interface Reply<Data> {
  readonly data: Data;
  readonly status: number;
  /** Give it as `ifMatch` to change what you saw, and nothing newer. */
  readonly etag: string | undefined;
  /** Name it when you ask the operator about this call. */
  readonly requestId: string;
  /** True when the answer is that of an earlier call with the same idempotency key. */
  readonly replayed: boolean;
  readonly headers: Headers;
}

type Arguments<Id extends OperationId> = CallOptions extends Input<Id> ? [input?: Input<Id>] : [input: Input<Id>];
export type Call<Id extends OperationId> = (...input: Arguments<Id>) => Promise<Reply<Output<Id>>>;

type GroupOf<Id> = Id extends `${infer Group}.${string}` ? Group : never;
type NameOf<Id, Group extends string> = Id extends `${Group}.${infer Name}` ? Name : never;
/** `portalOrders.place(…)`, `account.self()`: one function for each operation. */
export type Api = {
  readonly [Group in GroupOf<OperationId>]: {
    readonly [Name in NameOf<OperationId, Group>]: `${Group}.${Name}` extends OperationId
      ? Call<`${Group}.${Name}`>
      : never;
  };
};
