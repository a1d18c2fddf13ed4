import type { Finding } from '#canonical/errors';
import type { WhatIfChange } from '#contracts/availability/what-if.dto';
import { dateOf, dayOf, isCalendarDate, type Day } from '../promise/days';

type Field = keyof WhatIfChange;

const NEEDED: Record<WhatIfChange['of'], Record<WhatIfChange['action'], readonly Field[]>> = {
  SUPPLY: { ADD: ['node', 'quantity', 'date'], MOVE: ['supply', 'date'], DROP: ['supply'] },
  DEMAND: { ADD: ['node', 'quantity', 'date'], MOVE: ['reservation', 'line', 'date'], DROP: ['reservation', 'line'] },
};
const ALLOWED: Record<WhatIfChange['of'], Record<WhatIfChange['action'], readonly Field[]>> = {
  SUPPLY: { ADD: ['supply', 'kind', 'announces'], MOVE: ['quantity'], DROP: ['quantity'] },
  DEMAND: { ADD: ['reservation', 'line'], MOVE: ['quantity'], DROP: ['quantity'] },
};

/** What can be told from a change alone. `today`: the date at a node, the earliest there is without one. */
export function changeFaults(changes: readonly WhatIfChange[], today: (node: string | undefined) => Day): Finding[] {
  return changes.flatMap((change, index) => {
    const at = `/changes/${index}`;
    return [...fieldFaults(change, at), ...dateFaults(change, at, today(change.node))];
  });
}

function fieldFaults(change: WhatIfChange, at: string): Finding[] {
  const needed = NEEDED[change.of][change.action];
  const allowed = new Set<string>(['action', 'of', ...needed, ...ALLOWED[change.of][change.action]]);
  const said = `${change.action} of ${change.of}`;
  const missing = needed.filter((field) => change[field] === undefined);
  const odd = Object.keys(change).filter((field) => change[field as Field] !== undefined && !allowed.has(field));
  const announces = change.announces !== undefined && change.kind !== 'ASN' && allowed.has('announces');
  return [
    ...missing.map((field) => ({
      code: 'CHANGE_INCOMPLETE',
      detail: `${said} needs ${field}`,
      pointer: `${at}/${field}`,
    })),
    ...odd.map((field) => ({ code: 'CHANGE_MISMATCH', detail: `${said} has no ${field}`, pointer: `${at}/${field}` })),
    ...(announces
      ? [{ code: 'CHANGE_MISMATCH', detail: 'only an ASN announces a supply', pointer: `${at}/announces` }]
      : []),
  ];
}

function dateFaults({ date }: WhatIfChange, at: string, today: Day): Finding[] {
  if (date === undefined) return [];
  const fault = { pointer: `${at}/date`, seen: date };
  if (!isCalendarDate(date)) return [{ ...fault, code: 'DATE_INVALID', detail: `${date} is not in the calendar` }];
  if (dayOf(date) >= today) return [];
  return [{ ...fault, code: 'DATE_PAST', detail: `${date} has passed`, expected: `${dateOf(today)} or later` }];
}
