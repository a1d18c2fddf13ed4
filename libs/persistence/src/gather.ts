interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (output: Out) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one member of a batch. */
export type Outcome<Out> = { readonly value: Out } | { readonly error: unknown };

/** Carries out a batch: one outcome per input, in their order. What it throws counts for the batch as a whole. */
export type CarryOut<In, Out> = (inputs: readonly In[]) => Promise<readonly Outcome<Out>[]>;

export interface GatherLimits {
  /** Members of a batch at most. */
  readonly size: number;
  /** Batches at once. With two, one decides while the other commits: twice the throughput of one where calls do not meet. */
  readonly inFlight: number;
}

const LIMITS: GatherLimits = { size: 64, inFlight: 2 };

/**
 * Group commit: what is called in one turn of the event loop goes to the database together, in arrival order, and every caller
 * waits for its own durable result. Nothing waits for a batch to fill: a lone call on an idle system leaves at once, under load
 * batches grow by themselves. A batch that fails as a whole is repeated one by one, so that a bad member fails alone;
 * what it carries out is therefore undone as a whole when it fails (one transaction) or harmless to repeat.
 */
export class Gatherer<In, Out> {
  private readonly queue: Waiting<In, Out>[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly carryOut: CarryOut<In, Out>,
    private readonly limits: GatherLimits = LIMITS,
  ) {}

  /** Resolves or rejects with the outcome of this input, once its batch is done. */
  call(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.queue.push({ input, resolve, reject });
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
    const batch = this.queue.splice(0, this.limits.size);
    this.running += 1;
    void this.run(batch).finally(() => {
      this.running -= 1;
      this.schedule();
    });
    this.schedule();
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
