import type { AvailabilityApi } from '#contracts/availability/availability.api';
import type { LookUpSubstitutes } from '../../substitute/look-up-substitutes';
import type { Command } from '../order-command';
import type { OrderEvent } from '../order-event';

/** Takes stock and promises; what cannot be promised waits in line. Idempotent by reservation id. */
export async function reserve(
  availability: AvailabilityApi,
  substitutes: LookUpSubstitutes,
  { request, shipTo }: Extract<Command, { kind: 'reserve' }>,
): Promise<OrderEvent> {
  const { reservation, lines } = await availability.reserve(request);
  const { partner, channel } = request;
  if (shipTo === undefined || partner === undefined || channel === undefined)
    return { type: 'RESERVED', reservation, lines };
  const found = await substitutes.of({ partner, channel: channel.toLowerCase(), shipTo }, lines);
  return { type: 'RESERVED', reservation, lines, substitutes: found };
}
