interface Waiting<In, Out> {
  readonly input: In;
  /** What it cannot share with a batch that is under way. */
  readonly claims: readonly string[];
  readonly resolve: (output: Out) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one member of a batch. */
export type Outcome<Out> = { readonly value: Out } | { readonly error: unknown };

const NONE: readonly string[] = [];

/** Carries out a batch: one outcome per input, in their order. What it throws counts for the batch as a whole. */
export type CarryOut<In, Out> = (inputs: readonly In[]) => Promise<readonly Outcome<Out>[]>;

export interface GatherLimits {
  /** Members of a batch at most. */
  readonly size: number;
  /** Batches at once. With two, one decides while the other commits: twice the throughput of one where calls do not meet. */
  readonly inFlight: number;
}

const LIMITS: GatherLimits = { size: 64, inFlight: 2 };

/** What a member locks: none unless the gatherer is told. */
type Claims<In> = (input: In) => readonly string[];

/**
 * Group commit: what is called in one turn of the event loop goes to the database together, in arrival order, and every caller
 * waits for its own durable result. Nothing waits for a batch to fill: a lone call on an idle system leaves at once, under load
 * batches grow by themselves. A batch that fails as a whole is repeated one by one, so that a bad member fails alone;
 * what it carries out is therefore undone as a whole when it fails (one transaction) or harmless to repeat.
 * Who claims what a batch under way has claimed waits here and not for its lock: what everybody wants is then taken in few large batches
 * instead of many small ones. Of two members that claim the same, the earlier goes first.
 */
export class Gatherer<In, Out> {
  private queue: Waiting<In, Out>[] = [];
  private readonly claimed = new Set<string>();
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly carryOut: CarryOut<In, Out>,
    private readonly limits: GatherLimits = LIMITS,
    private readonly claimsOf: Claims<In> = () => NONE,
  ) {}

  /** Resolves or rejects with the outcome of this input, once its batch is done. */
  call(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, claims: this.claimsOf(input), resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.queue.length === 0 || this.running >= this.limits.inFlight) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const batch = this.next();
    // What waits is looked at again when a batch ends.
    if (batch.length === 0) return;
    this.running += 1;
    void this.run(batch).finally(() => {
      this.running -= 1;
      for (const { claims } of batch) for (const claim of claims) this.claimed.delete(claim);
      this.schedule();
    });
    this.schedule();
  }

  /** The first that are free to go, whose claims are then taken. Nobody overtakes who waits for the same. */
  private next(): Waiting<In, Out>[] {
    const batch: Waiting<In, Out>[] = [];
    const left: Waiting<In, Out>[] = [];
    const awaited = new Set<string>();
    for (const member of this.queue) {
      const isFree = member.claims.every((claim) => !this.claimed.has(claim) && !awaited.has(claim));
      if (isFree && batch.length < this.limits.size) batch.push(member);
      else {
        left.push(member);
        for (const claim of member.claims) awaited.add(claim);
      }
    }
    this.queue = left;
    for (const { claims } of batch) for (const claim of claims) this.claimed.add(claim);
    return batch;
  }

  private async run(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      answer(batch, await this.carryOut(batch.map(({ input }) => input)));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      else for (const member of batch) await this.run([member]);
    }
  }
}

function answer<In, Out>(batch: readonly Waiting<In, Out>[], outcomes: readonly Outcome<Out>[]): void {
  batch.forEach((member, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) member.reject(new Error('a member of the batch got no outcome'));
    else if ('value' in outcome) member.resolve(outcome.value);
    else member.reject(outcome.error);
  });
}
