import { Inject, Injectable } from '@nestjs/common';
import { PROMISE_AT_RISK, PROMISE_RISK_RESOLVED, type PromiseAtRisk, type PromiseRiskResolved } from '#contracts/events/catalogue'; // prettier-ignore
import { Outbox, type NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { commitmentsToJudge } from '../out/commitment.store';
import { NodeDirectory } from '../out/node-directory';
import { openRisksOf, writeRiskChanges } from '../out/risk.store';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';
import { assess, compareRisks, type PromiseKey, type Risk } from './assess';

/** Watches over what was promised for a day: says which promises can no longer be kept, and when they can again. */
@Injectable()
export class PromiseRisks {
  constructor(
    private readonly nodes: NodeDirectory,
    private readonly outbox: Outbox,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /**
   * Judges the dated promises of items whose stock, supply or demand has just changed; the items are locked. Publishes
   * PROMISE_AT_RISK for each promise that is newly or differently at risk, PROMISE_RISK_RESOLVED for each that no longer is.
   */
  async judge(tx: Transaction, items: readonly string[]): Promise<void> {
    const reading = await commitmentsToJudge(tx, items, this.config);
    if (reading.items.length === 0) return;
    const known = await openRisksOf(tx, reading.items);
    const stocks = reading.commitments(await this.nodes.at(reading.asOf));
    const changes = compareRisks(known, stocks.flatMap(assess));
    const { opened, changed, resolved } = changes;
    if (opened.length + changed.length + resolved.length === 0) return;
    await writeRiskChanges(tx, changes);
    const atRisk = [...opened, ...changed.map(({ after }) => after)];
    await this.outbox.publish(tx, [...atRisk.map(atRiskEvent), ...resolved.map(resolvedEvent)]);
  }
}

function atRiskEvent(risk: Risk): NewEvent<PromiseAtRisk> {
  const newDate = risk.newDay === undefined ? {} : { newDate: dateOf(risk.newDay) };
  return {
    ...eventOf(risk),
    type: PROMISE_AT_RISK,
    data: { ...promiseOf(risk), quantity: text(risk.quantity), ...newDate },
  };
}

function resolvedEvent(risk: Risk): NewEvent<PromiseRiskResolved> {
  return { ...eventOf(risk), type: PROMISE_RISK_RESOLVED, data: promiseOf(risk) };
}

function eventOf({ reservation }: PromiseKey) {
  return { source: 'process/availability', subject: reservation, partitionKey: reservation };
}

function promiseOf({ reservation, line, item, node, day }: PromiseKey) {
  return { reservation, line, item, node, shipDate: dateOf(day) };
}
