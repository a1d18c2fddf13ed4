import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BenchFailed } from './bench';

/** A reference in a process of its own, as ours is; it says one thing when it is ready and ends when it is let go. */
export class Twin {
  private constructor(
    private readonly child: ChildProcess,
    /** What it said when it was ready. */
    readonly said: string,
  ) {}

  /** `module` is a file of this folder, without its ending. */
  static async start(module: string, ...parameters: string[]): Promise<Twin> {
    const child = fork(join(__dirname, `${module}.js`), parameters);
    const ended = once(child, 'exit').then(() => {
      throw new BenchFailed(`${module} ended before it was ready`);
    });
    const [said] = (await Promise.race([once(child, 'message'), ended])) as [string];
    ended.catch(() => undefined);
    return new Twin(child, said);
  }

  /** Sends it work and waits for its answer. */
  async ask<Answer>(work: object): Promise<Answer> {
    const answered = once(this.child, 'message');
    this.child.send(work);
    const [answer] = (await answered) as [Answer];
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    if (this.child.connected) this.child.disconnect();
    await gone;
  }
}
