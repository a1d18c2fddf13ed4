import { CrossdockError, type Finding } from '#canonical/errors';
import type { AvailabilityQuery } from '#contracts/availability/query.dto';
import { dateOf, dayOf } from '../promise/days';
import type { Ground } from '../promise/ground';

/** What only the nodes and the clock of the database can tell of a question. AVAILABILITY_INVALID with all findings. */
export function refusalOf({ book, view }: Ground, { lines }: AvailabilityQuery): CrossdockError | undefined {
  const today = view.earliestToday;
  const findings = lines.flatMap((line, index) => {
    const { node, requestedDate = '', latestDate = '' } = line;
    const at = (field: string) => `/lines/${index}/${field}`;
    const found: Finding[] = [];
    for (const [field, date] of Object.entries({ requestedDate, latestDate }))
      if (date !== '' && dayOf(date) < (node === undefined ? today : view.today(node)))
        found.push({ code: 'DATE_PAST', detail: `${date} has passed`, pointer: at(field), seen: date, expected: `${dateOf(today)} or later` }); // prettier-ignore
    if (found.length === 0 && latestDate !== '' && latestDate < requestedDate)
      found.push({ code: 'DATE_INVALID', detail: 'latestDate is before requestedDate', pointer: at('latestDate'), seen: latestDate }); // prettier-ignore
    if (node !== undefined && !view.knows(node) && !book.get(line.item)?.some((each) => each.node === node))
      found.push({ code: 'NODE_UNKNOWN', detail: `no node ${node}`, pointer: at('node'), seen: node });
    return found;
  });
  if (findings.length === 0) return undefined;
  const message = 'some lines cannot be answered';
  return new CrossdockError({ code: 'AVAILABILITY_INVALID', kind: 'invalid', message, findings });
}
