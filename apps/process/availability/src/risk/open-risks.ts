import { Injectable } from '@nestjs/common';
import type { PromiseRisk, RiskPage, RisksQuery } from '#contracts/availability/planning.dto';
import { Database } from '#persistence/database';
import { risksPage } from '../out/risk.store';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';
import type { Risk } from './assess';

const DEFAULT_LIMIT = 100;

/** The list of what is at risk now. */
@Injectable()
export class OpenRisks {
  constructor(private readonly database: Database) {}

  async page({ item, node, cursor = '0', limit = DEFAULT_LIMIT }: RisksQuery): Promise<RiskPage> {
    const found = await risksPage(this.database, { item, node, after: cursor, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const risks = shown.map((risk) => ({
      ...riskView(risk),
      openedAt: risk.openedAt,
      changedAt: risk.changedAt,
    }));
    const last = shown.at(-1);
    return found.length > limit && last ? { risks, next: last.id } : { risks };
  }
}

/** A risk as the contract shows it. */
export function riskView({ reservation, line, item, node, day, quantity, newDay }: Risk): PromiseRisk {
  const newDate = newDay === undefined ? {} : { newDate: dateOf(newDay) };
  return { reservation, line, item, node, shipDate: dateOf(day), quantity: text(quantity), ...newDate };
}
