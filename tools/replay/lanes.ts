/**
 * Runs tasks with a bound on how many are under way, and one after the other, in the order given, within a lane. The
 * submitter waits while too much is queued, so a long file is never read ahead of what is sent.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private readonly room: (() => void)[] = [];
  private running = 0;
  private queued = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly width: number,
    private readonly depth = width * 4,
  ) {}

  /** Resolves when the task is queued. Throws what a task threw: nothing is started after a failure. */
  async submit(lane: string, task: () => Promise<void>): Promise<void> {
    while (this.queued >= this.depth && !this.failure) await new Promise<void>((resume) => this.room.push(resume));
    this.raise();
    this.queued++;
    const before = this.tails.get(lane) ?? Promise.resolve();
    const mine = before
      .then(() => this.run(task))
      .finally(() => {
        this.queued--;
        this.room.shift()?.();
        if (this.tails.get(lane) === mine) this.tails.delete(lane);
      });
    this.tails.set(lane, mine);
  }

  /** Waits for all that was submitted. Throws the first failure. */
  async drain(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
    this.raise();
  }

  private async run(task: () => Promise<void>): Promise<void> {
    if (this.running >= this.width) await new Promise<void>((resume) => this.waiting.push(resume));
    else this.running++;
    try {
      if (!this.failure) await task();
    } catch (error) {
      this.failure ??= { error };
      for (const resume of this.room.splice(0)) resume();
    } finally {
      // The slot is handed on, not given back, when someone waits for it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private raise(): void {
    if (this.failure) throw this.failure.error;
  }
}
