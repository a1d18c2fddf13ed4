import { CrossdockError, type Finding } from '#canonical/errors';
import type { AvailabilityLineQuery, AvailabilityQuery } from '#contracts/availability/query.dto';
import { dateOf, dayOf } from '../promise/days';
import type { Moment } from './moment';

/** What only the nodes and the clock of the database can tell of a question. AVAILABILITY_INVALID with all findings. */
export function refusalOf(moment: Moment, { lines }: AvailabilityQuery): CrossdockError | undefined {
  const findings = lines.flatMap((line, index) => {
    // Most lines name neither a day nor a node: there is nothing that could be wrong with them here.
    const { node, requestedDate, latestDate, deliverBy } = line;
    const plain = node === undefined && requestedDate === undefined && latestDate === undefined && deliverBy === undefined; // prettier-ignore
    return plain ? [] : faultsOf(moment, line, `/lines/${index}`);
  });
  if (findings.length === 0) return undefined;
  const message = 'some lines cannot be answered';
  return new CrossdockError({ code: 'AVAILABILITY_INVALID', kind: 'invalid', message, findings });
}

function faultsOf(moment: Moment, line: AvailabilityLineQuery, at: string): Finding[] {
  const { item, node, requestedDate = '', latestDate = '', deliverBy = '' } = line;
  const { view } = moment;
  const today = view.earliestToday;
  const found: Finding[] = [];
  for (const [field, date] of Object.entries({ requestedDate, latestDate, deliverBy }))
    if (date !== '' && dayOf(date) < (node === undefined ? today : view.today(node)))
      found.push({ code: 'DATE_PAST', detail: `${date} has passed`, pointer: `${at}/${field}`, seen: date, expected: `${dateOf(today)} or later` }); // prettier-ignore
  const last = { latestDate, deliverBy };
  for (const [field, date] of found.length === 0 ? Object.entries(last) : [])
    if (date !== '' && date < requestedDate)
      found.push({ code: 'DATE_INVALID', detail: `${field} is before requestedDate`, pointer: `${at}/${field}`, seen: date }); // prettier-ignore
  if (node !== undefined && !view.knows(node) && !moment.ground.book.get(item)?.some((each) => each.node === node))
    found.push({ code: 'NODE_UNKNOWN', detail: `no node ${node}`, pointer: `${at}/node`, seen: node });
  return found;
}
