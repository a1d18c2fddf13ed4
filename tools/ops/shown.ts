import type { MessageView, TimelineEntry } from '#contracts/exceptions/evidence.dto';
import type { ExceptionGroup, ExceptionView } from '#contracts/exceptions/exceptions.dto';

/** Answers as lines for a terminal. */

export function exceptionLine({
  id,
  tier,
  state,
  domain,
  code,
  queue,
  assignee,
  breached,
  occurrences,
  cause,
}: ExceptionView): string {
  const owner = assignee === undefined ? queue : `${queue}/${assignee}`;
  const marks = `${breached ? ' OVERDUE' : ''}${occurrences > 1 ? ` ×${occurrences}` : ''}`;
  return `${id}  ${tier.padEnd(9)} ${state.padEnd(8)} ${domain}/${code}${marks}  [${owner}]  ${cause}`;
}

export function exceptionDetail(exception: ExceptionView): string {
  const { seen, expected, diagnostics, suggestedAction, dueAt, canRetry, canEdit, resolution, order, partner } =
    exception;
  const can = [canRetry && 'retry', canEdit && 'edit'].filter((each) => each !== false).join(', ');
  const facts: readonly [string, string | undefined][] = [
    ['order', order],
    ['partner', partner],
    ['seen', seen],
    ['expected', expected],
    ['do', suggestedAction],
    ['can', can === '' ? undefined : can],
    ['due', dueAt],
    ['known', Object.keys(diagnostics).length === 0 ? undefined : JSON.stringify(diagnostics)],
    ['over', resolution && `${resolution.at} ${resolution.by}: ${resolution.reason}`],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${value}`]));
  return [exceptionLine(exception), ...lines].join('\n');
}

export function groupLine({ domain, code, tier, queue, count, breached, nextDueAt }: ExceptionGroup): string {
  return `${String(count).padStart(5)}  ${domain}/${code}  ${tier}  [${queue}]  ${breached} overdue, next due ${nextDueAt}`;
}

export function timelineLine({ at, kind, source, what, message, exception }: TimelineEntry): string {
  const link = message ?? exception;
  return `${at}  ${kind.padEnd(11)} ${what}  (${source}${link === undefined ? '' : `, ${link}`})`;
}

export function callLines({
  at,
  direction,
  connection,
  name,
  status,
  error,
  request,
  answer,
  mended,
}: MessageView): string {
  const outcome = direction === 'OUT' ? `  → ${status ?? error ?? 'no answer'}` : '';
  const parts = [`${at}  ${direction} ${connection}  ${name}${outcome}`, request];
  if (answer !== undefined) parts.push('--- answer', answer);
  if (mended !== undefined) parts.push('--- mended', mended);
  return parts.join('\n');
}

export function stepLine(step: {
  step: string;
  key: string;
  state: string;
  reference?: string;
  detail?: string;
}): string {
  const more = [step.reference, step.detail].filter((each) => each !== undefined).join('  ');
  return `${step.state.padEnd(10)} ${step.step.padEnd(12)} ${step.key}  ${more}`.trimEnd();
}
