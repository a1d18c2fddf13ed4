import { Decimal, sum } from '#canonical/decimal';
import type { OrderStatus } from '#canonical/order';
import type { InvariantBreach } from '#contracts/availability/invariants.dto';
import type { Census } from './census';
import type { FaultsSeen } from './faults';
import { mismatches, type PostingComparison } from './postings';
import { duration } from './progress';
import type { Bucket, Outcome } from './state';
import type { Troubles } from './troubles';

export const WATCHED = ['I1', 'I2', 'I3', 'I4', 'I8'] as const;

/** What the end of a replay knows. */
export interface Findings {
  readonly file: string;
  readonly url: string;
  readonly policy: Readonly<Record<string, string>>;
  readonly outcomes: readonly Outcome[];
  readonly census: Census;
  readonly serverUnexplained: number;
  /** From the server, and from counting inside the sandbox. */
  readonly breaches: readonly InvariantBreach[];
  readonly checked: number;
  /** The posting ledger beside the backends' books; empty without a sandbox. */
  readonly postings: readonly PostingComparison[];
  /** With faults only. */
  readonly faults?: FaultsTold;
  readonly troubles?: Troubles;
  readonly speed: Speed;
  readonly notes: readonly string[];
}
export interface FaultsTold extends FaultsSeen {
  /** What runs the same again. */
  readonly command: string;
}
export interface Speed {
  /** Orders accepted by this run, and the seconds it took to send its invoices. */
  readonly orders: number;
  readonly seconds: number;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  /** From the answer to the last order until nothing moved any more. */
  readonly drainSeconds: number;
}

export interface Report {
  readonly file: string;
  readonly url: string;
  readonly policy: Readonly<Record<string, string>>;
  readonly invoices: { readonly total: number } & Readonly<Record<Bucket, number>>;
  readonly reasons: Readonly<Record<'rejected' | 'not-sent' | 'reversal', Readonly<Record<string, number>>>>;
  readonly reversedUnits: { readonly cancelled: string; readonly returnExpected: string; readonly noOriginal: string };
  readonly orders: { readonly placed: number; readonly shipments: number; readonly withoutTracking: number } & Readonly<
    Record<OrderStatus, number>
  >;
  readonly holds: Readonly<Record<string, number>>;
  readonly unexplained: number;
  readonly unexplainedOrders: readonly string[];
  readonly invariants: { readonly checked: number; readonly breaches: readonly InvariantBreach[] };
  readonly postings: readonly PostingComparison[];
  /** What does not agree between the posting ledger and the backends' own books. */
  readonly mismatches: readonly string[];
  readonly faults?: FaultsTold;
  readonly exceptions?: Troubles;
  readonly speed: Speed & { readonly ordersPerSecond: number };
  readonly notes: readonly string[];
  readonly passed: boolean;
}

const SHOWN = 20;

/** Pure: the report is a function of what was found. */
export function reportOf(findings: Findings): Report {
  const { outcomes, census, speed } = findings;
  const buckets: Record<Bucket, number> = { accepted: 0, replayed: 0, rejected: 0, 'not-sent': 0, reversal: 0 };
  for (const { bucket } of outcomes) buckets[bucket]++;
  const unexplained = Math.max(census.unexplained.length, findings.serverUnexplained);
  const breaches = [...findings.breaches, ...census.breaches];
  const differing = findings.postings.flatMap(mismatches);
  const { faults, troubles } = findings;
  return {
    file: findings.file,
    url: findings.url,
    policy: findings.policy,
    invoices: { total: outcomes.length, ...buckets },
    reasons: {
      rejected: reasonsOf(outcomes, 'rejected'),
      'not-sent': reasonsOf(outcomes, 'not-sent'),
      reversal: reasonsOf(outcomes, 'reversal'),
    },
    reversedUnits: {
      cancelled: unitsOf(outcomes, 'cancelled'),
      returnExpected: unitsOf(outcomes, 'returned'),
      noOriginal: unitsOf(outcomes, 'missing'),
    },
    orders: {
      placed: placedOf(outcomes),
      shipments: census.shipments,
      withoutTracking: census.withoutTracking,
      ...census.statuses,
    },
    holds: census.holds,
    unexplained,
    unexplainedOrders: census.unexplained.slice(0, SHOWN),
    invariants: { checked: findings.checked, breaches },
    postings: findings.postings,
    mismatches: differing,
    ...(faults && { faults }),
    ...(troubles && { exceptions: troubles }),
    speed: { ...speed, ordersPerSecond: speed.seconds > 0 ? speed.orders / speed.seconds : 0 },
    notes: findings.notes,
    passed:
      unexplained === 0 &&
      breaches.length === 0 &&
      differing.length === 0 &&
      (troubles?.unexplained ?? []).length === 0,
  };
}

/** For people: one screen. */
export function textOf(report: Report): string {
  const { invoices, orders, speed, invariants } = report;
  return [
    `Replay of ${report.file} into ${report.url}`,
    ...Object.entries(report.policy).map(([name, value]) => `  ${name}: ${value}`),
    ...section(`Invoices: ${invoices.total}, each in one of these`, [
      ['accepted as orders', invoices.accepted],
      ['replayed (accepted before)', invoices.replayed],
      ['rejected by the API', invoices.rejected],
      ['not sent', invoices['not-sent']],
      ['reversals (C invoices)', invoices.reversal],
    ]),
    ...section('Rejected, by the first reason named', ranked(report.reasons.rejected)),
    ...section('Not sent', ranked(report.reasons['not-sent'])),
    ...section('Reversals', ranked(report.reasons.reversal)),
    ...section('Reversed base units', Object.entries(report.reversedUnits)),
    ...section(`Orders: ${orders.placed}`, [
      ['shipped', orders.SHIPPED],
      ['partially shipped, rest backordered or held', orders.PARTIALLY_SHIPPED],
      ['backordered', orders.BACKORDERED],
      ['held', orders.ON_HOLD],
      ['cancelled', orders.CANCELLED],
      ['still on their way', orders.ACCEPTED + orders.RELEASED],
      ['unexplained', report.unexplained],
      ['shipments', orders.shipments],
      ['shipments without a tracking number', orders.withoutTracking],
    ]),
    ...section('Holds', ranked(report.holds)),
    ...report.unexplainedOrders.map((order) => `  unexplained: ${order}`),
    ...section(`Invariants: ${invariants.checked} checked`, invariantRows(invariants.breaches)),
    ...invariants.breaches
      .slice(0, SHOWN)
      .map(({ invariant, subject, detail }) => `  ${invariant} ${subject}: ${detail}`),
    ...postingLines(report),
    ...(report.faults ? faultLines(report.faults) : []),
    ...(report.exceptions ? exceptionLines(report.exceptions) : []),
    ...section('Speed of this run', speedRows(speed)),
    ...(report.notes.length > 0 ? ['', 'Notes', ...report.notes.map((note) => `  ${note}`)] : []),
    '',
    report.passed
      ? 'PASSED: every order is explained, every invariant holds.'
      : 'FAILED: see unexplained orders, breaches and mismatches above.',
    ...(!report.passed && report.faults
      ? [`The same again, on a server with fresh data: ${report.faults.command}`]
      : []),
  ].join('\n');
}

type Row = readonly [string, string | number];

function section(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  return ['', title, ...rows.map(([name, value]) => `  ${name.padEnd(44)} ${String(value).padStart(12)}`)];
}

function postingLines({ postings, mismatches: differing }: Report): string[] {
  const rows = postings.map(({ kind, posted, found, equal }): Row => [`${kind}: posted ${posted}, equal`, `${equal} of ${found}`]); // prettier-ignore
  const shown = differing.slice(0, SHOWN).map((each) => `  differs: ${each}`);
  return [...section('Posting ledger beside the books of the backends, one by one', rows), ...shown];
}

function faultLines({ seed, rate, backends }: FaultsTold): string[] {
  return backends.flatMap(({ backend, calls, failures, struck }) =>
    section(`Faults of ${backend} (seed ${seed}, ${rate * 100} % of calls)`, [
      ['calls made, and failed', `${calls}, ${failures}`],
      ...ranked(struck),
    ]),
  );
}

function exceptionLines({ open, unexplained }: Troubles): string[] {
  const total = Object.values(open).reduce((sum, count) => sum + count, 0);
  return [
    ...section('Open exceptions at the end', [['all', total], ...ranked(open)]),
    ...unexplained.slice(0, SHOWN).map((each) => `  unexplained: ${each}`),
  ];
}

function speedRows(speed: Report['speed']): (readonly [string, string])[] {
  const ms = (value: number | undefined): string => (value === undefined ? '-' : `${value.toFixed(0)} ms`);
  return [
    ['orders accepted per second', speed.ordersPerSecond.toFixed(1)],
    ['sending took', duration(speed.seconds)],
    ['accept latency p50', ms(speed.p50)],
    ['accept latency p99', ms(speed.p99)],
    ['last order to last movement', duration(speed.drainSeconds)],
  ];
}

function invariantRows(breaches: readonly InvariantBreach[]): (readonly [string, string])[] {
  const names = new Set([...WATCHED, ...breaches.map(({ invariant }) => invariant)]);
  return [...names].map((name) => {
    const count = breaches.filter(({ invariant }) => invariant === name).length;
    return [name, count === 0 ? 'holds' : `${count} broken`] as const;
  });
}

function ranked(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([, a], [, b]) => b - a);
}

function reasonsOf(outcomes: readonly Outcome[], bucket: Bucket): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    if (outcome.bucket !== bucket) continue;
    const reason = outcome.reason ?? 'NO_REASON';
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

function unitsOf(outcomes: readonly Outcome[], name: keyof NonNullable<Outcome['units']>): string {
  return sum(outcomes.map(({ units }) => new Decimal(units?.[name] ?? 0)));
}

function placedOf(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((total, { orders }) => total + (orders?.length ?? 0), 0);
}
