import { answered, hold, type Draft } from '../draft';
import { CREATE_ERP_ORDER } from '../order-command';
import type { EventOf } from '../order-event';
import { releaseWithdrawn } from './fulfilments';
import { reservationWithdrawn } from './reservations';

export function erpCreated(draft: Draft, { documentNumber }: EventOf<'ERP_CREATED'>): void {
  answered(draft, CREATE_ERP_ORDER);
  if (draft.progress.erp.state !== 'CREATED') draft.progress.erp = { state: 'CREATED', documentNumber };
}

/** A command was taken back before its first try, so nothing outside knows of it. */
export function withdrawn(draft: Draft, { command }: EventOf<'WITHDRAWN'>): void {
  if (!draft.progress.pending.includes(command)) return;
  answered(draft, command, 'WITHDRAWN');
  const [kind, ...rest] = command.split(':');
  const id = rest.join(':');
  if (kind === 'reserve') reservationWithdrawn(draft, id);
  if (kind === 'release') releaseWithdrawn(draft, id);
  if (command === CREATE_ERP_ORDER && draft.progress.erp.state === 'REQUESTED') draft.progress.erp = { state: 'NONE' };
}

/** A business refusal: a person reads the backend's own words, mends the cause and retries. */
export function commandRefused(draft: Draft, { command, code, detail }: EventOf<'COMMAND_REFUSED'>): void {
  answered(draft, command.key, 'REFUSED');
  hold(draft, { type: 'COMMAND', code: 'BACKEND_REFUSED', detail: `${command.kind}: ${code}: ${detail}`, command });
}

/** Every try is used up. */
export function commandFailed(draft: Draft, { command, detail }: EventOf<'COMMAND_FAILED'>): void {
  answered(draft, command.key, 'FAILED');
  hold(draft, { type: 'COMMAND', code: 'COMMAND_FAILED', detail: `${command.kind}: ${detail}`, command });
}
