import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench';
import { residentMegabytes } from './memory';
import { startCrossdock } from './world';

const SETTLED_MS = 20_000;

/** A fresh data directory until demo.json is there, and what the process then holds when nothing is asked of it. */
export const startCold: Bench = {
  name: 'start.cold',
  async run() {
    const startedAt = performance.now();
    const crossdock = await startCrossdock(1);
    try {
      const seconds = (performance.now() - startedAt) / 1000;
      await sleep(SETTLED_MS);
      const resident = residentMegabytes(crossdock.pid);
      return [
        { name: 'start.cold', ours: seconds, reference: 15, unit: 's', wanted: 'lower' },
        { name: 'memory.idle', ours: resident, reference: 350, unit: 'MB', wanted: 'lower' },
      ];
    } finally {
      await crossdock.stop();
    }
  },
};
