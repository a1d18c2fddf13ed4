import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import type { AvailabilityLine } from '#contracts/availability/answer.dto';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { OrderFinding, Severity, ValidatedLine, ValidateOrderResponse } from '#contracts/orders/validation.dto';
import { Database } from '#persistence/database';
import { ProcessOrders } from '../fulfil-order/process-orders';
import type { OrderedLine } from '../fulfil-order/order-state';
import * as store from '../out/order.store';
import { droppedLines, orderedLine, totalOf } from './decide';
import { findEverything } from './find-everything';
import { Gather } from './gather';
import { isAllOrNothing, linesOf, type Incoming } from './incoming';
import { contentHash } from './purchase-order';

const WORST: readonly Severity[] = ['REJECT', 'HOLD', 'FIX', 'WARN'];

/** Every check and what can be promised, without an order. Nothing is written and nothing is held. */
@Injectable()
export class ValidateOrder {
  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly availability: AvailabilityApi,
    private readonly process: ProcessOrders,
  ) {}

  async validate(request: AcceptOrderRequest): Promise<ValidateOrderResponse> {
    const gathered = await this.gather.incoming(request, await this.process.surroundings());
    const known = await this.knownAs(gathered);
    const incoming: Incoming = known ? { ...gathered, known } : gathered;
    const found = findEverything(incoming);
    const dropped = droppedLines(incoming, found);
    const lines = linesOf(incoming).map((line) => orderedLine(incoming, line));
    const sellable = lines.filter((each) => !each.parked && (dropped === 'ALL' || !dropped.includes(each.line)));
    const { promises, unanswered } = await this.promises(incoming, sellable);
    const findings = [...found, ...unanswered].sort((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
    const charges = (request.charges ?? []).map((charge) => charge.amount);
    const currency = incoming.snapshot.customer?.currency;
    const sum = currency === undefined || dropped === 'ALL' ? undefined : totalOf(sellable, charges, currency);
    return {
      verdict: verdictOf(incoming, findings, dropped),
      ...(known && { order: known.order }),
      findings,
      lines: lines.map((line) => validatedLine(line, findings, dropped, promises.get(line.line))),
      ...(sum && { total: sum }),
    };
  }

  private async knownAs({ request }: Incoming): Promise<Incoming['known']> {
    const { partner, release = '' } = request;
    const order = await store.known(this.database, partner, await this.gather.keyOf(request), release);
    return order && { order: order.contents.id, sameContent: order.contentHash === contentHash(request) };
  }

  /** 14. What availability would promise these lines as one order. When it is away the checks still answer. */
  private async promises(
    { request, today }: Incoming,
    lines: readonly OrderedLine[],
  ): Promise<{ promises: Map<number, AvailabilityLine>; unanswered: OrderFinding[] }> {
    if (lines.length === 0) return { promises: new Map(), unanswered: [] };
    const day = request.requestedDate;
    try {
      const answer = await this.availability.query({
        channel: request.channel.toUpperCase(),
        together: true,
        lines: lines.map(({ item, ordered }) => ({
          item,
          quantity: ordered,
          ...(day !== undefined && day >= today && { requestedDate: day }),
        })),
      });
      const pairs = lines.flatMap(({ line }, index): [number, AvailabilityLine][] => {
        const promised = answer.lines[index];
        return promised ? [[line, promised]] : [];
      });
      return { promises: new Map(pairs), unanswered: [] };
    } catch (error) {
      if (!(error instanceof CrossdockError) || error.kind !== 'unavailable') throw error;
      const detail = 'what can be promised is not known at present';
      return {
        promises: new Map(),
        unanswered: [{ check: 'AVAILABILITY', code: 'AVAILABILITY_UNKNOWN', severity: 'WARN', detail }],
      };
    }
  }
}

function verdictOf(
  incoming: Incoming,
  findings: readonly OrderFinding[],
  dropped: readonly number[] | 'ALL',
): ValidateOrderResponse['verdict'] {
  const { known, request } = incoming;
  if (known && (known.sameContent || request.purpose === 'DUPLICATE')) return 'REPLAY';
  if (dropped === 'ALL') return 'REJECT';
  const holds = findings.filter(({ severity }) => severity === 'HOLD');
  const held = new Set(holds.flatMap(({ line }) => line ?? []));
  const open = request.lines.filter(({ line }) => !dropped.includes(line));
  const whole = holds.some(({ line }) => line === undefined) || (isAllOrNothing(incoming) && held.size > 0);
  return whole || open.every(({ line }) => held.has(line)) ? 'HOLD' : 'ACCEPT';
}

function validatedLine(
  ordered: OrderedLine,
  findings: readonly OrderFinding[],
  dropped: readonly number[] | 'ALL',
  promise: AvailabilityLine | undefined,
): ValidatedLine {
  const { line, item, unit, baseUnit, baseQuantityPerUnit, unitPrice, parked } = ordered;
  const own = findings.filter((finding) => finding.line === line);
  const isDropped = dropped !== 'ALL' && dropped.includes(line);
  const isHeld = own.some(({ severity }) => severity === 'HOLD');
  return {
    line,
    verdict: isDropped ? 'DROP' : parked ? 'PARK' : isHeld ? 'HOLD' : 'ACCEPT',
    ...(!parked && { item, ordered: ordered.ordered, baseUnit, unit, baseQuantityPerUnit }),
    ...(unitPrice && { unitPrice }),
    promised: (promise?.slices ?? []).map(({ quantity, shipDate }) => ({ quantity, shipDate })),
    ...(promise && { unpromised: promise.unpromised }),
  };
}
