import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, ApiHeader, ApiResponse, ApiSecurity, getSchemaPath } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { ProblemDto } from './problem.dto';

/** What the gateway must know of an operation is declared beside it and travels in the OpenAPI document. */
export const SCOPE_METADATA = 'crossdock:scopes';

/** Plan policies are named by the partner's plan; the declaration only says what one call weighs against them. */
const PLAN = 'plan';

/** The scopes a key needs for the operation, all of them. Also documents how the operation fails. */
export function Scope(...scopes: [string, ...string[]]): MethodDecorator {
  return applyDecorators(
    SetMetadata(SCOPE_METADATA, scopes),
    // The two ways to say who calls: what an operation needs is the same for both.
    ApiSecurity('key', scopes),
    ApiSecurity('oauth2', scopes),
    ApiExtraModels(ProblemDto),
    ApiResponse({
      status: 'default',
      description: 'Any refusal or fault: RFC 9457 problem details. Codes are listed under /docs/errors.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
}

/** It is still served, and ends: `sunset` is 24 months after `since` at least (docs/how-to/versions.md). Days as `YYYY-MM-DD`. */
export function Deprecated(ending: {
  readonly since: string;
  readonly sunset: string;
  /** Path of what to call instead. */
  readonly successor: string;
}): MethodDecorator {
  return ApiExtension('x-deprecation', { ...ending });
}

/** Units of the plan's quotas that one call takes; 1 unless declared. */
export function Cost(units: number): MethodDecorator {
  return applyDecorators(Throttle({ [PLAN]: { limit: units, ttl: 0 } }), ApiExtension('x-cost', units));
}

/** Largest body in bytes, where it differs from the gateway's 1 MB. */
export function BodyLimit(bytes: number): MethodDecorator {
  return ApiExtension('x-body-limit', bytes);
}

const NAMED_OTHERWISE = 'the business key of the request is permanent and has the same effect';

/**
 * The gateway remembers the answer under the key and replays it. `required: false`: honoured when sent. `namesResource`: what is made is
 * named by partner and key for ever, and made once by the operation itself, however often and wherever it is asked; it answers 201 when it
 * made it. The gateway then writes nothing before it asks.
 */
export function IdempotencyKey(options: {
  required: boolean;
  namesResource?: true;
  /** Where it may be left out and nothing else names the request: what a second call without it does. */
  without?: string;
}): MethodDecorator {
  const without = options.without && `without it a second call ${options.without}`;
  const header = ApiHeader({
    name: 'Idempotency-Key',
    required: options.required,
    description:
      'At most 255 characters, quoted or not. The same key with the same body answers the first result again ' +
      '(Idempotent-Replayed: true) for 30 days; with another body 422.' +
      (options.required ? '' : ` Optional here: ${without ?? NAMED_OTHERWISE}.`),
    schema: { type: 'string', minLength: 1, maxLength: 257 },
  });
  return options.namesResource === true ? applyDecorators(header, ApiExtension('x-key-names-resource', true)) : header;
}

/** A change by POST that takes no Idempotency-Key says what a second call does; that it may say so is decided here, not by whoever calls. */
export function SecondCall(does: string): MethodDecorator {
  return ApiExtension('x-second-call', does);
}

/** It needs a scope to write and can be asked for again later without a loss: a process that is overloaded sends it away with the reads. */
export function CanWait(): MethodDecorator {
  return ApiExtension('x-can-wait', true);
}

/** It changes what no backend sees: a test key may use it also where backends are real. */
export function TestKeys(): MethodDecorator {
  return ApiExtension('x-test-keys', true);
}

/** The operation changes a resource only in the version named by its ETag. `required: false`: honoured when sent. */
export function IfMatch(options: { required: boolean }): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    required: options.required,
    description: 'ETag of the version seen. Another version now: 412.',
    schema: { type: 'string', minLength: 1, maxLength: 100 },
  });
}
