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
  /** Share of the calls it strikes, 0 to 1; default 1. */
  @IsOptional() @IsNumber() @Min(0) @Max(1) probability?: number;
  /** For `slow` and `late-commit`; default 3000. */
  @IsOptional() @IsInt() @Min(0) @Max(600_000) milliseconds?: number;
  /** Seconds of Retry-After for `429` and `503`; default 1. */
  @IsOptional() @IsInt() @Min(0) @Max(3600) retryAfter?: number;
}
export class FaultRules {
  @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => FaultRule) rules: FaultRule[];
}

interface ArmedRule extends FaultRule {
  left: number;
}

/** The faults that are armed, per kind of simulator (`erp`, `wms`, `carrier`) and installation. Kept in memory: a restart heals. */
@Injectable()
export class Faults {
  private readonly armed = new Map<string, ArmedRule[]>();

  /** Replaces all rules of the installation. */
  set(kind: string, installation: string, rules: readonly FaultRule[]): void {
    const left = (rule: FaultRule): number => rule.times ?? Number.POSITIVE_INFINITY;
    this.armed.set(
      `${kind}/${installation}`,
      rules.map((rule) => ({ ...rule, left: left(rule) })),
    );
  }

  list(kind: string, installation: string): FaultRule[] {
    return (this.armed.get(`${kind}/${installation}`) ?? [])
      .filter((rule) => rule.left > 0)
      .map(({ left, ...rule }) => (rule.times === undefined ? rule : { ...rule, times: left }));
  }

  /** The first armed rule for the operation among these modes; taking it uses it up once. */
  take(kind: string, installation: string, operation: string, modes: readonly string[]): FaultRule | undefined {
    const rules = this.armed.get(`${kind}/${installation}`) ?? [];
    const hit = rules.find(
      (rule) =>
        rule.left > 0 &&
        modes.includes(rule.mode) &&
        (rule.operation === '*' || rule.operation === operation) &&
        (rule.probability === undefined || Math.random() < rule.probability),
    );
    if (hit) hit.left -= 1;
    return hit;
  }
}

/** Arms faults: `PUT /sandbox/<kind>/<installation>/_faults`. One controller for every simulator. */
@Controller('sandbox/:kind/:installation/_faults')
@UsePipes(new ValidationPipe({ transform: true, whitelist: true }))
export class FaultsController {
  constructor(private readonly faults: Faults) {}

  @Put()
  put(@Param('kind') kind: string, @Param('installation') installation: string, @Body() body: FaultRules): FaultRules {
    this.faults.set(kind, installation, body.rules);
    return { rules: this.faults.list(kind, installation) };
  }

  @Get()
  get(@Param('kind') kind: string, @Param('installation') installation: string): FaultRules {
    return { rules: this.faults.list(kind, installation) };
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
