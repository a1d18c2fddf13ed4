import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, Injectable, Param, Put, UsePipes, ValidationPipe } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, of, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';

/** What can go wrong with any HTTP call; simulators add modes of their own (`pick-short`) and take them by name. */
export const HTTP_FAULTS = [
  'down', // the connection breaks before anything is done
  'silent', // nothing done and no answer; after `milliseconds` the connection breaks
  '429', // refused with Retry-After, nothing done
  '503', // refused with Retry-After, nothing done
  'error-in-200', // nothing done, and a 200 that says so in its body
  'reset-after-commit', // done, then the connection breaks
  '504-after-commit', // done, then a proxy answers for the backend
  'slow', // done, and the answer comes after `milliseconds`
  'late-commit', // done only after `milliseconds`, when nobody waits for the answer any more
  'malformed', // done, and the answer is cut in the middle
] as const;
export type HttpFault = (typeof HTTP_FAULTS)[number];

export class FaultRule {
  /** Name of the controller's method, e.g. `createSalesOrder`; `*` is every call. */
  @IsString() @Length(1, 60) operation: string;
  /** One of HTTP_FAULTS, or a mode that the simulator knows. */
  @IsString() @Length(1, 40) mode: string;
  /** How often it strikes; without end when absent. */
  @IsOptional() @IsInt() @Min(1) times?: number;
  /** Share of the calls it strikes, 0 to 1; default 1. The shares of the rules that fit a call add up. */
  @IsOptional() @IsNumber() @Min(0) @Max(1) probability?: number;
  /** For `silent`, `slow` and `late-commit`; default 3000. */
  @IsOptional() @IsInt() @Min(0) @Max(600_000) milliseconds?: number;
  /** Seconds of Retry-After for `429` and `503`; default 1. */
  @IsOptional() @IsInt() @Min(0) @Max(3600) retryAfter?: number;
}
export class FaultRules {
  @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => FaultRule) rules: FaultRule[];
  /** Makes chance repeatable: the n-th call of an operation meets the same rule in every run with this seed. */
  @IsOptional() @IsInt() @Min(0) @Max(4_294_967_295) seed?: number;
}

/** How often each rule has struck since the rules were set. */
export interface FaultTally {
  readonly operation: string;
  readonly mode: string;
  readonly struck: number;
}

interface ArmedRule extends FaultRule {
  left: number;
  struck: number;
}
interface Arming {
  readonly rules: readonly ArmedRule[];
  readonly seed: number | undefined;
  /** Draws so far, by operation. */
  readonly draws: Map<string, number>;
}

/** The faults that are armed, per kind of simulator (`erp`, `wms`, `carrier`) and installation. Kept in memory: a restart heals. */
@Injectable()
export class Faults {
  private readonly armed = new Map<string, Arming>();

  /** Replaces all rules of the installation. */
  set(kind: string, installation: string, rules: readonly FaultRule[], seed?: number): void {
    const left = (rule: FaultRule): number => rule.times ?? Number.POSITIVE_INFINITY;
    this.armed.set(`${kind}/${installation}`, {
      rules: rules.map((rule) => ({ ...rule, left: left(rule), struck: 0 })),
      seed,
      draws: new Map(),
    });
  }

  list(kind: string, installation: string): FaultRule[] {
    return this.rulesOf(kind, installation)
      .filter((rule) => rule.left > 0)
      .map(({ left, struck: _, ...rule }) => (rule.times === undefined ? rule : { ...rule, times: left }));
  }

  tally(kind: string, installation: string): FaultTally[] {
    return this.rulesOf(kind, installation).map(({ operation, mode, struck }) => ({ operation, mode, struck }));
  }

  /** An armed rule for the operation among these modes; taking it uses it up once. */
  take(kind: string, installation: string, operation: string, modes: readonly string[]): FaultRule | undefined {
    const fitting = this.rulesOf(kind, installation).filter(
      (rule) => rule.left > 0 && modes.includes(rule.mode) && (rule.operation === '*' || rule.operation === operation),
    );
    if (fitting.length === 0) return undefined;
    // One draw per call: each rule has its own part of 0 to 1.
    let rest = this.draw(`${kind}/${installation}`, operation);
    const hit = fitting.find(({ probability = 1 }) => (rest -= probability) < 0);
    if (!hit) return undefined;
    hit.left -= 1;
    hit.struck += 1;
    return hit;
  }

  private rulesOf(kind: string, installation: string): readonly ArmedRule[] {
    return this.armed.get(`${kind}/${installation}`)?.rules ?? [];
  }

  /** 0 ≤ x < 1. By operation, so that calls of one kind do not shift the chance of another. */
  private draw(place: string, operation: string): number {
    const arming = this.armed.get(place);
    if (arming?.seed === undefined) return Math.random();
    const count = arming.draws.get(operation) ?? 0;
    arming.draws.set(operation, count + 1);
    const text = `${String(arming.seed)} ${place} ${operation} ${String(count)}`;
    return createHash('sha256').update(text).digest().readUInt32BE(0) / 4_294_967_296;
  }
}

/** Arms faults: `PUT /sandbox/<kind>/<installation>/_faults`. One controller for every simulator. */
@Controller('sandbox/:kind/:installation/_faults')
@UsePipes(new ValidationPipe({ transform: true, whitelist: true }))
export class FaultsController {
  constructor(private readonly faults: Faults) {}

  @Put()
  put(@Param('kind') kind: string, @Param('installation') installation: string, @Body() body: FaultRules): FaultRules {
    this.faults.set(kind, installation, body.rules, body.seed);
    return { rules: this.faults.list(kind, installation) };
  }

  @Get()
  get(
    @Param('kind') kind: string,
    @Param('installation') installation: string,
  ): FaultRules & { readonly tally: readonly FaultTally[] } {
    return { rules: this.faults.list(kind, installation), tally: this.faults.tally(kind, installation) };
  }
}

/**
 * Strikes the calls of a simulator's controller: put `@UseInterceptors(FaultInterceptor)` on it, with `:installation` in its path
 * `sandbox/<kind>/:installation`. The operation is the method's name.
 */
@Injectable()
export class FaultInterceptor implements NestInterceptor {
  constructor(private readonly faults: Faults) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { installation: string } }>>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const kind = request.url.split('/')[2] ?? '';
    const rule = this.faults.take(kind, request.params.installation, context.getHandler().name, HTTP_FAULTS);
    return rule ? strike(rule, reply, next) : next.handle();
  }
}

function strike(rule: FaultRule, reply: FastifyReply, next: CallHandler): Observable<unknown> {
  const wait = rule.milliseconds ?? 3000;
  const after = (then: () => Observable<unknown>): Observable<unknown> => next.handle().pipe(switchMap(then));
  switch (rule.mode as HttpFault) {
    case 'down':
      return cut(reply);
    case 'silent':
      return from(sleep(wait, undefined, { ref: false })).pipe(switchMap(() => cut(reply)));
    case '429':
      return answer(reply, 429, 'application/json', '{"error":"too many requests"}', rule.retryAfter ?? 1);
    case '503':
      return answer(reply, 503, 'text/html', '<h1>Service unavailable</h1>', rule.retryAfter ?? 1);
    case 'error-in-200':
      return answer(
        reply,
        200,
        'application/json',
        '{"error":{"code":"INTERNAL","message":"the document could not be saved"}}',
      );
    case 'reset-after-commit':
      return after(() => cut(reply));
    case '504-after-commit':
      return after(() => answer(reply, 504, 'text/html', '<h1>Gateway timeout</h1>'));
    case 'malformed':
      return after(() => answer(reply, 200, 'application/json', '{"documentNumber":"'));
    case 'late-commit':
      return from(sleep(wait, undefined, { ref: false })).pipe(switchMap(() => next.handle()));
    case 'slow':
      return next
        .handle()
        .pipe(switchMap((value) => from(sleep(wait, undefined, { ref: false })).pipe(switchMap(() => of(value)))));
  }
}

/** An answer must come out of an interceptor, also where nobody is left to get it: without one Nest reports an error of ours. */
function cut(reply: FastifyReply): Observable<undefined> {
  reply.hijack();
  reply.raw.destroy();
  return of(undefined);
}

function answer(
  reply: FastifyReply,
  status: number,
  type: string,
  body: string,
  retryAfter?: number,
): Observable<string> {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  reply.code(status).type(type);
  return of(body);
}
