import { IsIn, IsOptional } from 'class-validator';
import { VersionUse } from './changelog.dto';

export class UsageQuery {
  /** The last hour by minutes, the last day by quarters of an hour, or the last week by hours. Default day. */
  @IsOptional() @IsIn(['hour', 'day', 'week']) window?: 'hour' | 'day' | 'week';
  /** Only calls made with keys of this kind, and their plans. */
  @IsOptional() @IsIn(['live', 'test']) mode?: 'live' | 'test';
}
export class UsageView {
  /** RFC 3339: the numbers are those of this moment; calls of the last second may be missing. */
  asOf: string;
  window: 'hour' | 'day' | 'week';
  /** Minutes that one point stands for. @example 15 */
  minutes: number;
  /** Calls by time and class of status; stretches without any are left out. */
  points: UsagePoint[];
  /** The same calls by operation and status, most first. */
  routes: UsageByRoute[];
  /** Milliseconds within which 95 of 100 were answered: of the newest 20,000 that the log keeps. Absent without any. @example 12.5 */
  p95Ms?: number;
  /** What was refused or failed, by code and operation, most first: at most 50, of the newest 20,000 that the log keeps. */
  problems: ProblemCount[];
  /** Contracts and dates that the partner called, since calls are counted: not of the window alone. */
  versions: VersionUse[];
  /** What is left of each plan that a key of the partner is on. */
  plans: PlanUsage[];
}
export class UsagePoint {
  /** RFC 3339: where the stretch begins. */
  start: string;
  /** Answered with 2xx or 3xx. */
  succeeded: number;
  /** Answered with 4xx, but not 429. */
  refused: number;
  /** Answered with 429. */
  limited: number;
  /** Answered with 5xx. */
  failed: number;
}
export class UsageByRoute {
  method: string;
  /** @example "/portal/v1/orders/{id}" */
  route: string;
  /** @example "portal.v1" */
  version: string;
  status: number;
  calls: number;
  /** Average, in milliseconds. */
  durationMs: number;
  /** Milliseconds within which 95 of 100 were answered. Absent where the log keeps none of them. */
  p95Ms?: number;
}
export class ProblemCount {
  /** @example "ITEM_UNKNOWN" */
  code: string;
  method: string;
  /** @example "/portal/v1/orders" */
  route: string;
  status: number;
  calls: number;
  /** RFC 3339. */
  lastAt: string;
  /** The newest of them in the log. @example "log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  lastRequest: string;
}
export class PlanUsage {
  /** @example "standard" */
  plan: string;
  mode: 'live' | 'test';
  policies: PolicyUsage[];
}
export class PolicyUsage {
  /** As in the RateLimit headers. @example "burst" */
  name: string;
  /** Units that the window gives. */
  quota: number;
  windowSeconds: number;
  /** Units left now. */
  remaining: number;
  /** Seconds until the whole quota is there again. */
  resetSeconds: number;
}
