import type { ErrorKind } from '#canonical/errors';

/** One thing that is wrong with a request. */
export class ProblemFaultDto {
  /** RFC 6901 pointer into the request body; absent for a parameter or header. @example "/lines/0/item" */
  pointer?: string;
  /** @example "ITEM_UNKNOWN" */
  code: string;
  /** @example "item 9X is not known" */
  detail: string;
  /** REJECT is why the request was refused; WARN and FIX only came along. @example "REJECT" */
  severity?: 'REJECT' | 'HOLD' | 'WARN' | 'FIX';
  /** What was sent. @example "9X" */
  seen?: string;
  /** What would have been accepted. */
  expected?: string;
  /** The next day on which the same would work; with INSUFFICIENT_AVAILABILITY only. @example "2026-03-09" */
  nextDate?: string;
  /** The day by which what is missing could be bought, of items that may be; with INSUFFICIENT_AVAILABILITY only. @example "2026-03-12" */
  leadTimeDate?: string;
}

/** RFC 9457 problem details: the body of every answer from 400 up. */
export class ProblemDto {
  /** @example "https://crossdock.dev/problems#order-invalid" */
  type: string;
  /** @example "Order invalid" */
  title: string;
  /** The HTTP status. @example 422 */
  status: number;
  /** Stable code of the registry under /docs/errors. @example "ORDER_INVALID" */
  code: string;
  detail?: string;
  /** Path of the request. @example "/portal/v1/orders" */
  instance?: string;
  /** As in the Request-Id header. */
  request_id?: string;
  errors?: ProblemFaultDto[];
  /** Quotas that the request would have broken; with QUOTA_EXCEEDED only. @example ["burst"] */
  'violated-policies'?: string[];
}

/** The same between our own apps, with what a retry decides on. Never shown to partners. */
export class InternalProblemDto extends ProblemDto {
  /** What went wrong, in the words that every layer acts on. */
  kind: ErrorKind;
  /** Whether the same call may work later. */
  retryable: boolean;
  /** The app, backend or connection that said so. */
  source?: string;
  details: Record<string, unknown>;
}
