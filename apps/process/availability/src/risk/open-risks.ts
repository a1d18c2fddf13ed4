import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { PromiseRisk, RiskPage, RisksQuery } from '#contracts/availability/planning.dto';
import { Database } from '#persistence/database';
import { risksPage } from '../out/risk.store';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';
import type { Risk } from './assess';

const DEFAULT_LIMIT = 100;
const LIST = 'promises-at-risk';

/** The list of what is at risk now. */
@Injectable()
export class OpenRisks {
  constructor(private readonly database: Database) {}

  /** Errors: CURSOR_INVALID (invalid). */
  async page({ item, node, cursor, limit = DEFAULT_LIMIT }: RisksQuery): Promise<RiskPage> {
    const filter = { item, node };
    const [after = '0'] = decodeCursor(cursor, ['number'], LIST, filter) ?? [];
    const found = await risksPage(this.database, { ...filter, after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const risks = shown.map((risk) => ({
      ...riskView(risk),
      openedAt: risk.openedAt,
      changedAt: risk.changedAt,
    }));
    const last = shown.at(-1);
    return found.length > limit && last ? { risks, next: encodeCursor([last.id], LIST, filter) } : { risks };
  }
}

/** A risk as the contract shows it. */
export function riskView({ reservation, line, item, node, day, quantity, newDay }: Risk): PromiseRisk {
  const newDate = newDay === undefined ? {} : { newDate: dateOf(newDay) };
  return { reservation, line, item, node, shipDate: dateOf(day), quantity: text(quantity), ...newDate };
}
