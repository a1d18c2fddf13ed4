import { AdaptiveLimit } from './adaptive-limit';
import { Places, type Entry, type Priority } from './places';

/** A backend under a virtual clock: it works on `capacity` calls at once, each takes `serviceMs`; what is more waits inside of it. */
class VirtualBackend {
  private now = 0;

  constructor(
    private readonly limit: AdaptiveLimit,
    private capacity: number,
    private serviceMs: number,
  ) {}

  becomes(capacity: number, serviceMs: number): void {
    [this.capacity, this.serviceMs] = [capacity, serviceMs];
  }

  /** Callers that always have another call, so many rounds of as many calls as the limit lets through. */
  serve(rounds: number): void {
    for (let round = 0; round < rounds; round += 1) {
      const together = this.limit.current;
      for (let call = 0; call < together; call += 1) {
        const milliseconds = this.serviceMs * Math.ceil((call + 1) / this.capacity);
        this.limit.sample({ now: this.now + milliseconds, milliseconds, inFlight: together, trouble: false });
      }
      this.now += this.serviceMs * Math.ceil(together / this.capacity);
    }
  }
}

describe('how many calls at once a backend takes', () => {
  it('is what it is configured for while it answers as usual', () => {
    const limit = new AdaptiveLimit({ most: 16, least: 2 });
    new VirtualBackend(limit, 16, 40).serve(50);
    expect(limit.current).toBe(16);
  });

  it('sinks when answers take many times longer, and comes back when they are quick again', () => {
    const limit = new AdaptiveLimit({ most: 64, least: 2 });
    const backend = new VirtualBackend(limit, 64, 20);
    backend.serve(50);
    backend.becomes(4, 400);
    backend.serve(6);
    const slow = limit.current;
    expect(slow).toBeLessThan(32);
    backend.becomes(64, 20);
    backend.serve(400);
    expect(limit.current).toBe(64);
  });

  it('sinks once for trouble that calls under way together tell of, again for trouble afterwards, never below the least', () => {
    const limit = new AdaptiveLimit({ most: 20, least: 2 });
    const trouble = (now: number): void => limit.sample({ now, milliseconds: 100, inFlight: 20, trouble: true });
    for (let call = 0; call < 20; call += 1) trouble(1000);
    expect(limit.current).toBe(14);
    trouble(1200);
    expect(limit.current).toBe(9);
    for (let later = 2000; later < 9000; later += 200) trouble(later);
    expect(limit.current).toBe(2);
  });

  it('does not grow by calls that never reached it', () => {
    const limit = new AdaptiveLimit({ most: 20, least: 2 });
    for (let now = 1000; now < 9000; now += 200) limit.sample({ now, milliseconds: 100, inFlight: 20, trouble: true });
    for (let now = 10_000; now < 90_000; now += 200)
      limit.sample({ now, milliseconds: 10, inFlight: 0, trouble: false });
    expect(limit.current).toBe(2);
  });
});

describe('places at a backend', () => {
  const never = new AbortController().signal;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const enterMany = (places: Places, priority: Priority, count: number): (Entry | 'waiting')[] => {
    const entries = Array.from({ length: count }, (): Entry | 'waiting' => 'waiting');
    entries.forEach((_, index) => void places.enter(priority, never).then((entry) => (entries[index] = entry)));
    return entries;
  };
  const count = (entries: readonly string[], what: string): number => entries.filter((each) => each === what).length;

  it('keep a quarter for orders, whatever number of reads comes', async () => {
    const places = new Places(16);
    const reads = enterMany(places, 'read', 1000);
    await settled();
    expect(count(reads, 'in')).toBe(12);
    const orders = enterMany(places, 'order', 4);
    await settled();
    expect(count(orders, 'in')).toBe(4);
  });

  it('send reads away at once when eight wait for each place, and orders never', async () => {
    const places = new Places(4);
    const reads = enterMany(places, 'read', 100);
    const orders = enterMany(places, 'order', 100);
    await settled();
    expect([count(reads, 'in'), count(reads, 'waiting'), count(reads, 'shed')]).toEqual([3, 32, 65]);
    expect([count(orders, 'in'), count(orders, 'waiting')]).toEqual([1, 99]);
    expect(places.retryAfter).toBeGreaterThanOrEqual(1);
  });

  it('go to orders before reads, however long the reads have waited', async () => {
    const places = new Places(2);
    enterMany(places, 'order', 2);
    const read = enterMany(places, 'read', 1);
    const order = enterMany(places, 'order', 1);
    await settled();
    places.leave('order');
    await settled();
    expect([read, order]).toEqual([['waiting'], ['in']]);
    places.leave('order');
    places.leave('order');
    await settled();
    expect(read).toEqual(['in']);
    places.leave('read');
    expect(places.inFlight).toBe(0);
  });

  it('are left by nobody who gave up, and a single one is shared in turn', async () => {
    const places = new Places(1);
    expect(await places.enter('read', never)).toBe('in');
    const impatient = new AbortController();
    const waiting = places.enter('order', impatient.signal);
    impatient.abort();
    expect(await waiting).toBe('late');
    places.leave('read');
    expect(places.inFlight).toBe(0);
    expect(await places.enter('order', AbortSignal.abort())).toBe('late');
  });

  it('become fewer in trouble: who is inside stays, who waits goes in when there is room', async () => {
    const places = new Places(8);
    const orders = enterMany(places, 'order', 10);
    await settled();
    places.leave('order', { now: 1000, milliseconds: 50, trouble: true });
    await settled();
    expect([places.atOnce, places.inFlight, count(orders, 'waiting')]).toEqual([5, 7, 2]);
    for (let left = 0; left < 3; left += 1) places.leave('order');
    await settled();
    expect([places.inFlight, count(orders, 'waiting')]).toEqual([5, 1]);
  });
});
