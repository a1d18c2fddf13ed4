/** How one method of an API travels over HTTP. Path parameters (`:id`) and query strings come out of the single input object. */
export interface Route {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** The DTO class of the method's one argument: its rules are the contract, and its schema in the document checks every call. */
  readonly input: new () => object;
  /** Success status; 200 unless said. */
  readonly status?: number;
}

export type Routes<Api> = { readonly [Method in keyof Api]: Route };

/**
 * The contract of one app's API: its dependency-injection token, the document that describes it, and its routes. Every method takes
 * one object and answers a promise of one object, so that both bindings (local call, HTTP) carry the same thing.
 */
export interface ApiContract<Api extends object> {
  readonly token: abstract new () => Api;
  /** `<layer>/<app>.v<N>` under `openapi/`. */
  readonly document: string;
  /** The controller's name in the document: an operation id is `<name>.<method>`. */
  readonly name: string;
  readonly routes: Routes<Api>;
}

export function defineApi<Api extends object>(contract: ApiContract<Api>): ApiContract<Api> {
  return contract;
}
