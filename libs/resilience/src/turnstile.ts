/** Lets a fixed number through at once; the others wait in line, in order, until a place is free or they give up. */
export class Turnstile {
  private inside = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly places: number) {}

  get inFlight(): number {
    return this.inside;
  }

  /** True with a place (call `leave` afterwards), false when none came free before the signal. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.inside < this.places) {
      this.inside += 1;
      return true;
    }
    return new Promise((resolve) => {
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.line.splice(this.line.indexOf(admit), 1);
        resolve(false);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.line.push(admit);
    });
  }

  leave(): void {
    const next = this.line.shift();
    // The place is handed over, so nobody can slip in between.
    if (next) next();
    else this.inside -= 1;
  }
}
