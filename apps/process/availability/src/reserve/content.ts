import { hash } from 'node:crypto';
import type { ReserveRequest } from '#contracts/availability/reserve.dto';
import { micro, text } from '../promise/quantity';

/**
 * Says whether two requests ask for the same. The order of lines counts, the way a quantity is written (4 or 4.0) does not. What
 * is not asked for leaves no trace, so that a field that is new in the contract changes no content of the past.
 */
export function hashOf(request: ReserveRequest): string {
  const { lines, mode, kind, ttlSeconds, backorder, excludeNodes, converts, channel, partner, priority, preempt } =
    request;
  const content: unknown[] = [
    lines.map((line) => [
      line.line,
      line.item,
      text(micro(line.quantity)),
      line.requestedDate ?? null,
      line.node ?? null,
      ...(line.latestDate === undefined ? [] : [line.latestDate]),
      ...(line.multiple === undefined ? [] : [{ multiple: text(micro(line.multiple)) }]),
      ...(line.deliverBy === undefined ? [] : [{ deliverBy: line.deliverBy }]),
      ...(line.substitutes === true ? [{ substitutes: true }] : []),
    ]),
    mode,
    kind,
    ttlSeconds ?? null,
    backorder ?? false,
    excludeNodes ?? [],
  ];
  const later = Object.entries({ converts, channel, partner, priority, preempt }).filter(
    ([, value]) => value !== undefined,
  );
  if (later.length > 0) content.push(later);
  return hash('sha256', JSON.stringify(content), 'base64url');
}
