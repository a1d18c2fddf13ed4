import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, BenchOptions, Measurement, Wanted } from './bench';
import { availabilityFlat } from './availability-flat';
import { availabilityRead } from './availability-read';
import { availabilityRead50 } from './availability-read50';
import { availabilityBesideMedusa, reservationBesideMedusa } from './beside-medusa';
import { gatewayOverhead } from './gateway-overhead';
import { inventoryBulk } from './inventory-bulk';
import { limitsRedis } from './limits-redis';
import { oversell } from './oversell';
import { orderToErp } from './order-to-erp';
import { ordersAccept } from './orders-accept';
import { ordersBesideMedusa } from './orders-beside-medusa';
import { ordersPipeline } from './orders-pipeline';
import { reservationHot, reservationSpread } from './reservations';
import { startCold } from './start-cold';
import { webhookDeliveries } from './webhooks';

const BENCHES: readonly Bench[] = [
  startCold,
  gatewayOverhead,
  limitsRedis,
  orderToErp,
  ordersAccept,
  ordersPipeline,
  availabilityRead,
  availabilityRead50,
  availabilityFlat,
  reservationSpread,
  reservationHot,
  reservationBesideMedusa,
  availabilityBesideMedusa,
  ordersBesideMedusa,
  inventoryBulk,
  webhookDeliveries,
  oversell,
];

const USAGE = `npm run bench -- [name…] [--short] [--json FILE] [--broken]

  name    a prefix takes all that start with it; all when absent
${BENCHES.map(({ name, heavy }) => `            ${name}${heavy === true ? ' (heavy)' : ''}`).join('\n')}
  --short fewer orders, shorter load and one pair, in a few minutes: heavy ones only when named, a missed ratio is only said
  --json  writes [{name, ours, reference, ratio, unit}]
  --broken  oversell only: against a reservation that checks and then writes, which must fail

Exit status 1: a bench met an answer that was not 2xx or a wrong count, or (not with --short) a row missed what is wanted.
`;

interface Row extends Measurement {
  readonly ratio: number;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      short: { type: 'boolean' },
      json: { type: 'string' },
      broken: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const short = values.short === true;
  const chosen = BENCHES.filter((bench) =>
    positionals.length === 0 ? !(short && bench.heavy === true) : isMeant(bench, positionals),
  );
  if (values.help === true || chosen.length === 0) {
    process.stdout.write(USAGE);
    return values.help === true ? 0 : 1;
  }
  process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
  const rows: Row[] = [];
  let failed = 0;
  for (const bench of chosen) {
    const asked = { short, named: positionals.includes(bench.name), broken: values.broken === true };
    const more = await measured(bench, asked);
    if (more === undefined) failed += 1;
    else rows.push(...more);
  }
  table(rows);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows.map(jsonOf), null, 2)}\n`);
  // The machine of a short run may be shared: what it measures is a hint, what it counts is not.
  return failed > 0 || (!short && rows.some((row) => !holds(row))) ? 1 : 0;
}

function isMeant({ name }: Bench, names: readonly string[]): boolean {
  return names.some((each) => name.startsWith(each) || each.startsWith(`${name}.`));
}

async function measured(bench: Bench, options: Omit<BenchOptions, 'say'>): Promise<Row[] | undefined> {
  process.stdout.write(`${bench.name}\n`);
  try {
    const found = await bench.run({ ...options, say: (text) => process.stdout.write(`  ${text}\n`) });
    return found.map((each) => ({ ...each, ratio: each.ours / each.reference }));
  } catch (error) {
    process.stdout.write(`  FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function holds({ wanted, ratio }: Row): boolean {
  if (wanted === 'report') return true;
  if (wanted === 'lower') return ratio <= 1;
  return ratio >= (wanted === 'higher' ? 1 : wanted);
}

function textOf(wanted: Wanted): string {
  if (wanted === 'report') return '';
  if (wanted === 'lower') return '≤ 1';
  return `≥ ${wanted === 'higher' ? 1 : wanted}`;
}

function jsonOf({ name, ours, reference, ratio, unit }: Row): object {
  return { name, ours: round(ours), reference: round(reference), ratio: round(ratio), unit };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** As Markdown, so that what was measured goes into docs/benchmarks.md as it is. */
function table(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    `\`${row.name}\``,
    shown(row.ours),
    shown(row.reference),
    Number.isNaN(row.ratio) ? '–' : row.ratio.toFixed(2),
    row.unit,
    textOf(row.wanted),
    Number.isNaN(row.ratio) ? 'not run' : row.wanted === 'report' ? 'reported' : holds(row) ? 'holds' : '**missed**',
    row.note ?? '',
  ]);
  const titles = ['name', 'ours', 'reference', 'ratio', 'unit', 'wanted', 'verdict', 'note'];
  const widths = titles.map((_, column) => Math.max(...[titles, ...cells].map((line) => line[column]!.length), 3)); // prettier-ignore
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |\n`;
  const padded = [titles, ...cells].map((texts) => line(texts.map((text, column) => text.padEnd(widths[column]!))));
  padded.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  process.stdout.write(`\n${padded.join('')}`);
}

function shown(value: number): string {
  return Number.isNaN(value) ? '–' : round(value).toLocaleString('en-US');
}

void main().then((code) => {
  process.exitCode = code;
});
