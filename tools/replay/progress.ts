export interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const BAR = 28;
/** A terminal is redrawn often; a log gets a line now and then. */
const EVERY_MS = { terminal: 200, log: 5_000 };
/** The rate that the estimate goes by is that of the last so many milliseconds. */
const WINDOW_MS = 20_000;

/** A bar with rate and time left on a terminal, plain lines elsewhere. */
export class Progress {
  private done = 0;
  private drawnAt = -Infinity;
  private note = '';
  private marks: { at: number; done: number }[] = [];

  constructor(
    private readonly label: string,
    private readonly total: number,
    private readonly screen: Screen,
    private readonly now: () => number = Date.now,
    /** Done in an earlier run: no part of the rate. */
    start = 0,
  ) {
    this.done = start;
    this.marks.push({ at: now(), done: start });
  }

  advance(note = this.note): void {
    this.done++;
    this.note = note;
    this.draw(false);
  }

  end(): void {
    this.draw(true);
    if (this.screen.isTTY) this.screen.write('\n');
  }

  /** `replay [#####.....]  42 % 6912/16459 · 51.3/s · 3m 06s left · note` */
  line(): string {
    const share = this.total === 0 ? 1 : Math.min(1, this.done / this.total);
    const filled = Math.round(share * BAR);
    const rate = this.rate();
    const parts = [
      `${this.label} [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${String(Math.floor(share * 100)).padStart(3)} % ${this.done}/${this.total}`,
      `${rate.toFixed(1)}/s`,
      rate > 0 && share < 1 ? `${duration((this.total - this.done) / rate)} left` : undefined,
      this.note || undefined,
    ];
    return parts.filter((part) => part !== undefined).join(' · ');
  }

  private rate(): number {
    const first = this.marks[0];
    const seconds = first ? (this.now() - first.at) / 1000 : 0;
    return first && seconds > 0 ? (this.done - first.done) / seconds : 0;
  }

  private draw(last: boolean): void {
    const at = this.now();
    if (!last && at - this.drawnAt < (this.screen.isTTY ? EVERY_MS.terminal : EVERY_MS.log)) return;
    this.drawnAt = at;
    this.marks.push({ at, done: this.done });
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > WINDOW_MS) this.marks.shift();
    this.screen.write(this.screen.isTTY ? `\r\x1b[2K${this.line()}` : `${this.line()}\n`);
  }
}

/** 3725 → `1h 02m`, 186 → `3m 06s`, 9 → `9s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole >= 3600) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  if (whole >= 60) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${whole}s`;
}
