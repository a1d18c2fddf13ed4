import type { DynamicModule, FactoryProvider, Type } from '@nestjs/common';
import { Agent } from 'undici';
import { CrossdockError } from '#canonical/errors';
import type { ApiContract, Route } from '#contracts/api';
import { assertValid, schemaCheck } from './contract-check';
import { currentCorrelation } from './correlation';
import { CORRELATION_HEADER, INTERNAL_SECRET_HEADER } from './internal';
import { errorOfProblem, type Problem } from './problem';

type Call = (input: object) => Promise<unknown>;

/** In tests, and wherever CROSSDOCK_ROUND_TRIP is set, a local call also travels as JSON, so that no serialisation fault hides. */
const roundTrips = (): boolean => process.env['NODE_ENV'] === 'test' || process.env['CROSSDOCK_ROUND_TRIP'] === '1';
const throughJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** Binds an API to the service in this process: the same check of the input as over HTTP, then a plain call. */
export function localBinding<Api extends object>(contract: ApiContract<Api>, service: Type<Api>): FactoryProvider<Api> {
  return {
    provide: contract.token,
    useFactory: (implementation: Api) => bindLocal(contract, implementation),
    inject: [service],
  };
}

export function bindLocal<Api extends object>(contract: ApiContract<Api>, implementation: Api): Api {
  const trip = roundTrips();
  return proxyOf(contract, (method, route) => {
    const check = schemaCheck(contract.document, route.input.name, { coerce: route.verb === 'GET' });
    const call = (Reflect.get(implementation, method) as Call).bind(implementation);
    const what = `${contract.name}.${method}`;
    const checked = (input: object): object => {
      const asked = trip || route.verb === 'GET' ? (throughJson(input) as object) : input;
      assertValid(check, asked, what);
      return asked;
    };
    if (trip) return async (input) => throughJson(await call(checked(input)));
    // The answer is handed on as it comes: each promise more is felt on the way of every request.
    return (input) => {
      try {
        return call(checked(input));
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
  });
}

const agent = new Agent({ connections: 64, keepAliveTimeout: 30_000, headersTimeout: 30_000, bodyTimeout: 30_000 });

/** Binds an API to the app at `baseUrl`. A global module, like the app's own one in a process that holds both. */
export class HttpBinding {
  static module(
    bindings: readonly { contract: ApiContract<object>; baseUrl: string; secret: string }[],
  ): DynamicModule {
    const providers = bindings.map(({ contract, baseUrl, secret }) => ({
      provide: contract.token,
      useValue: bindHttp(contract, baseUrl, secret),
    }));
    return { module: HttpBinding, global: true, providers, exports: providers.map((provider) => provider.provide) };
  }
}

export function bindHttp<Api extends object>(contract: ApiContract<Api>, baseUrl: string, secret: string): Api {
  return proxyOf(contract, (_method, route) => (input) => send(contract.name, baseUrl, secret, route, input));
}

function proxyOf<Api extends object>(contract: ApiContract<Api>, make: (method: string, route: Route) => Call): Api {
  const methods = Object.entries<Route>(contract.routes).map(
    ([method, route]) => [method, make(method, route)] as const,
  );
  return Object.fromEntries(methods) as Api;
}

async function send(name: string, baseUrl: string, secret: string, route: Route, input: object): Promise<unknown> {
  const fields: Record<string, unknown> = { ...input };
  const path = route.path.replace(/:(\w+)/g, (_, field: string) => encodeURIComponent(String(fields[field])));
  const query = route.verb === 'GET' ? queryString(route, fields) : '';
  const correlation = currentCorrelation();
  const response = await answered(name, baseUrl, `${path}${query}`, {
    method: route.verb,
    headers: {
      'content-type': 'application/json',
      [INTERNAL_SECRET_HEADER]: secret,
      ...(correlation === undefined ? {} : { [CORRELATION_HEADER]: correlation }),
    },
    ...(route.verb === 'GET' ? {} : { body: JSON.stringify(input) }),
  });
  const body = response.text === '' ? undefined : (JSON.parse(response.text) as unknown);
  if (response.status >= 400) throw errorOfProblem(body as Problem, name, response.retryAfter);
  return body;
}

async function answered(
  name: string,
  baseUrl: string,
  path: string,
  options: { method: Route['verb']; headers: Record<string, string>; body?: string },
): Promise<{ status: number; text: string; retryAfter?: number }> {
  try {
    const { statusCode, headers, body } = await agent.request({
      origin: baseUrl,
      path,
      ...options,
    });
    const seconds = Number(headers['retry-after']);
    return { status: statusCode, text: await body.text(), ...(Number.isFinite(seconds) && { retryAfter: seconds }) };
  } catch (error) {
    // Every call between our apps is idempotent by a business key, so an unknown outcome is safe to try again.
    throw new CrossdockError({
      code: 'APP_UNAVAILABLE',
      kind: 'unavailable',
      message: `${name} did not answer`,
      source: name,
      cause: error,
    });
  }
}

function queryString(route: Route, fields: Record<string, unknown>): string {
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]));
  const pairs = Object.entries(fields).filter(([key, value]) => value !== undefined && !inPath.has(key));
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}
