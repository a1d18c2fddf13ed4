import { mkdirSync } from 'node:fs';
import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './options';

/** What the position in a file belongs to. A state file of anything else is refused. */
export interface StateOf {
  readonly file: string;
  readonly url: string;
  readonly limit: number | null;
  readonly stockCover: string;
  readonly listPrice: string;
  /** Share of failing calls; null without faults. */
  readonly faults: number | null;
}
export type Bucket = 'accepted' | 'replayed' | 'rejected' | 'not-sent' | 'reversal';
export interface PlacedOrder {
  readonly id: string;
  readonly release?: string;
  /** Accept latency. */
  readonly ms: number;
}
export interface AskedCancel {
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
  /** Cancelled on that line before we asked. */
  readonly before: string;
}
/** Where one invoice ended: exactly one of these per invoice. */
export interface Outcome {
  readonly position: number;
  readonly invoice: string;
  readonly bucket: Bucket;
  readonly reason?: string;
  /** Other faults that the API named. */
  readonly also?: readonly string[];
  readonly orders?: readonly PlacedOrder[];
  /** Write-off lines left out of an order. */
  readonly writeOffs?: number;
  /** Reversals: base units cancelled, to come back as a return, and without an original. */
  readonly units?: { readonly cancelled: string; readonly returned: string; readonly missing: string };
  /** The warehouse was asked; the end shows whether it could. */
  readonly asked?: readonly AskedCancel[];
}
/** What was there before the first order. */
export interface Baseline {
  /** Of the faults: a continued run goes on with it. */
  readonly seed?: number;
  /** Of the connections, by id, before faults changed them. */
  readonly settings?: Readonly<Record<string, Record<string, unknown>>>;
}

type Entry =
  | { readonly kind: 'of'; readonly of: StateOf }
  | { readonly kind: 'seeded'; readonly baseline: Baseline }
  | { readonly kind: 'asking'; readonly position: number; readonly asked: readonly AskedCancel[] }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/**
 * An append-only file of JSON lines. Each outcome is on disk before it counts; many are written with one flush. A torn last
 * line (the process died while writing) is cut off: that invoice is sent again, and its purchase order number makes it one.
 */
export class StateFile {
  readonly outcomes = new Map<number, Outcome>();
  /** Cancellations that were about to be asked for, by position: a restart asks for the same, whatever has shipped since. */
  readonly asking = new Map<number, readonly AskedCancel[]>();
  baseline: Baseline | undefined;
  private queue: string[] = [];
  private flushing: Promise<void> | undefined;

  private constructor(private readonly handle: FileHandle) {}

  /** Errors: UsageError when the file belongs to another trade file, server or choice of options. */
  static async open(path: string, of: StateOf, fresh: boolean): Promise<StateFile> {
    mkdirSync(dirname(path), { recursive: true });
    const handle = await open(path, fresh ? 'w+' : 'a+');
    const state = new StateFile(handle);
    try {
      const known = fresh ? [] : await entriesOf(path);
      const [head, ...rest] = known;
      if (head === undefined) await state.append({ kind: 'of', of });
      else requireSame(path, head, of);
      for (const entry of rest) state.learn(entry);
      return state;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async seeded(baseline: Baseline): Promise<void> {
    this.baseline = baseline;
    await this.append({ kind: 'seeded', baseline });
  }

  async willAsk(position: number, asked: readonly AskedCancel[]): Promise<void> {
    this.asking.set(position, asked);
    await this.append({ kind: 'asking', position, asked });
  }

  /** Returns when it is on disk. */
  async record(outcome: Outcome): Promise<void> {
    this.outcomes.set(outcome.position, outcome);
    this.asking.delete(outcome.position);
    await this.append({ kind: 'outcome', outcome });
  }

  async close(): Promise<void> {
    await this.flushing;
    await this.handle.close();
  }

  private learn(entry: Entry): void {
    if (entry.kind === 'seeded') this.baseline = entry.baseline;
    if (entry.kind === 'asking') this.asking.set(entry.position, entry.asked);
    if (entry.kind === 'outcome') {
      this.outcomes.set(entry.outcome.position, entry.outcome);
      this.asking.delete(entry.outcome.position);
    }
  }

  private async append(entry: Entry): Promise<void> {
    this.queue.push(`${JSON.stringify(entry)}\n`);
    // Whoever comes while a flush runs waits for the next one, which takes all of them.
    while (this.flushing) await this.flushing;
    if (this.queue.length === 0) return;
    this.flushing = this.flush().finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private async flush(): Promise<void> {
    const lines = this.queue.join('');
    this.queue = [];
    await this.handle.appendFile(lines);
    await this.handle.datasync();
  }
}

async function entriesOf(path: string): Promise<Entry[]> {
  const content = await readFile(path);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) await truncate(path, end);
  const lines = content
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new UsageError(
        `${path} is damaged: start over with --fresh (orders that exist are found again by their number)`,
      );
    }
  });
}

function requireSame(path: string, head: Entry, of: StateOf): void {
  const known: Partial<StateOf> = head.kind === 'of' ? head.of : {};
  const names = ['file', 'url', 'limit', 'stockCover', 'listPrice', 'faults'] as const;
  const other = names.filter((name) => (known[name] ?? null) !== of[name]);
  if (other.length === 0) return;
  throw new UsageError(
    `${path} belongs to another replay (${other.join(', ')} differ): name another --state, or --fresh`,
  );
}
