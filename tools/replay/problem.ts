import type { Answer } from './client';

export interface ProblemError {
  readonly code: string;
  readonly pointer?: string;
  readonly detail?: string;
}

/** What the API takes with a remark; in a refusal it stands beside the fault, and is not the reason. */
const REMARKS = new Set(['PRICE_UNCONFIRMED', 'PRICE_ADJUSTED', 'DATE_PAST']);

/** Faults first, then remarks. The faults that a problem document names; one made of the status when it names none. */
export function errorsOf({ status, body }: Answer): readonly [ProblemError, ...ProblemError[]] {
  const problem: { code?: unknown; detail?: unknown; errors?: unknown } =
    typeof body === 'object' && body !== null ? body : {};
  const named = Array.isArray(problem.errors) ? problem.errors.filter(isProblemError) : [];
  const isRemark = ({ code }: ProblemError): boolean => REMARKS.has(code);
  const [first, ...rest] = [...named.filter((error) => !isRemark(error)), ...named.filter(isRemark)];
  if (first) return [first, ...rest];
  const code = typeof problem.code === 'string' ? problem.code : `HTTP_${status}`;
  return [{ code, ...(typeof problem.detail === 'string' ? { detail: problem.detail } : {}) }];
}

/** `CODE` and pointer (the line number as a star): where it is without which line it is, so that equal reasons count together. */
export function reasonOf({ code, pointer }: ProblemError): string {
  return pointer ? `${code} ${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}` : code;
}

function isProblemError(value: unknown): value is ProblemError {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';
}
