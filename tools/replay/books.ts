import type { InvariantBreach } from '#contracts/availability/invariants.dto';
import type { Census } from './census';
import type { Baseline } from './state';

/**
 * I3, counted inside the backends: since the replay began the ERP has at most one sales order per order, one delivery and one
 * invoice per shipment, and the warehouse has no fulfilment order twice. Pure.
 */
export function bookFaults(
  before: Baseline['counts'],
  now: Baseline['counts'],
  orders: number,
  { shipments }: Pick<Census, 'shipments'>,
): InvariantBreach[] {
  const made = (name: string): number => (now[name] ?? 0) - (before[name] ?? 0);
  const limits = [
    ['erp.salesOrders', orders, 'orders'],
    ['erp.deliveries', shipments, 'shipments'],
    ['erp.invoices', shipments, 'shipments'],
  ] as const;
  const exceeded = limits
    .filter(([name, limit]) => made(name) > limit)
    .map(([name, limit, of]) => ({
      invariant: 'I3',
      subject: name,
      detail: `${made(name)} were made for ${limit} ${of}`,
    }));
  const fulfilments = now['warehouse.fulfilmentOrders'] ?? 0;
  const distinct = now['warehouse.externalIds'] ?? fulfilments;
  if (fulfilments <= distinct) return exceeded;
  const detail = `${fulfilments} were made for ${distinct} external ids`;
  return [...exceeded, { invariant: 'I3', subject: 'warehouse.fulfilmentOrders', detail }];
}

/** What the books still lack, when they lack something: postings that come late are no breach, and worth a note. */
export function lateBooks(
  before: Baseline['counts'],
  now: Baseline['counts'],
  { shipments, erpDocuments }: Census,
): string[] {
  if (now['erp.salesOrders'] === undefined) return [];
  const made = (name: string): number => (now[name] ?? 0) - (before[name] ?? 0);
  const wanted = [
    ['erp.salesOrders', erpDocuments],
    ['erp.deliveries', shipments],
    ['erp.invoices', shipments],
  ] as const;
  return wanted
    .filter(([name, count]) => made(name) < count)
    .map(([name, count]) => `${name}: ${made(name)} of ${count}`);
}
