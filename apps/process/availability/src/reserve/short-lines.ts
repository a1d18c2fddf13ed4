import type { Finding } from '#canonical/errors';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { without } from '../promise/book';
import { dateOf } from '../promise/days';
import { Ground } from '../promise/ground';
import type { Offer } from '../promise/offer';
import { missingOf } from '../promise/offers';
import { micro, text, type Micro } from '../promise/quantity';
import { nextDay, type WantedLine } from './wanted';

/**
 * Says of each short line what there is in time, the next day on which all of it would work, and the day by which it could be bought.
 * Call it when nothing of the lines is booked.
 */
export function shortLines(
  request: ReserveRequest,
  lines: readonly WantedLine[],
  offers: readonly Offer[],
  ground: Ground,
  excluded: ReadonlySet<string>,
): Finding[] {
  const wanted = new Map<string, Micro>();
  return request.lines.flatMap((asked, index) => {
    const [line, offered] = [lines[index], offers[index]];
    if (!line || !offered) return [];
    // Lines of one item share its stock: the later needs a day on which the earlier are served too.
    const together = (wanted.get(line.item) ?? 0n) + line.quantity;
    wanted.set(line.item, together);
    const missing = missingOf(offered);
    if (missing === 0n) return [];
    const day =
      nextDay(ground, line, together, excluded) ?? nextDay(beyondHorizon(ground, line), line, together, excluded);
    const bought = ground.bought(line, excluded)?.day;
    const whole = micro(asked.quantity);
    return [
      {
        code: 'INSUFFICIENT_AVAILABILITY',
        detail: `line ${asked.line}: ${text(missing)} of ${text(whole)} of ${asked.item} cannot be promised`,
        pointer: `/lines/${index}/quantity`,
        seen: text(whole),
        expected: text(whole - missing),
        ...(day === undefined ? {} : { nextDate: dateOf(day) }),
        ...(bought === undefined ? {} : { leadTimeDate: dateOf(Math.max(bought, line.day ?? bought)) }),
      },
    ];
  });
}

/** No promise is made for so far a day, but the refusal may name it. */
function beyondHorizon({ book, terms, view }: Ground, { item }: WantedLine): Ground {
  const made = terms.kits.get(item)?.map((component) => component.item) ?? [];
  const far = [item, ...made].map((each) => [each, without(book.get(each) ?? [], new Set(['HORIZON']))] as const);
  return new Ground(new Map(far), terms, view);
}
