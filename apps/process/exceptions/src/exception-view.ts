import type { ExceptionView } from '#contracts/exceptions/exceptions.dto';
import { messageOf } from './keep-exception/decide';
import type { Exception } from './keep-exception/exception';

/** As it is shown; `breached` is of now. */
export function exceptionView(exception: Exception): ExceptionView {
  const { objectType, objectId, partner, order, line, seen, expected, assignee, resolution, retry, ...rest } =
    exception;
  const { sequence: _, diagnostics, ...shown } = rest;
  const open = exception.state !== 'RESOLVED';
  return {
    ...shown,
    object: { type: objectType, id: objectId },
    diagnostics: { ...diagnostics },
    ...(partner === null ? {} : { partner }),
    ...(order === null ? {} : { order }),
    ...(line === null ? {} : { line }),
    ...(seen === null ? {} : { seen }),
    ...(expected === null ? {} : { expected }),
    ...(assignee === null ? {} : { assignee }),
    ...(resolution === null ? {} : { resolution }),
    canRetry: open && retry !== null,
    canEdit: open && messageOf(exception) !== undefined,
    breached: Date.parse(resolution?.at ?? new Date().toISOString()) > Date.parse(exception.dueAt),
  };
}
