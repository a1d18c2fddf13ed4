import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { urgencyOf, type Urgency } from '../documents/urgency';
import { EventLoopSensor } from './event-loop';
import { LoadShedding, type ShedReport } from './load-shedding';

const MARKS = { delayMilliseconds: 100, inFlight: 4 };

/** An answer on its way: it ends with `close`. */
const answer = (state: { destroyed: boolean }) =>
  Object.assign(new EventEmitter(), state) as EventEmitter & Pick<ServerResponse, 'destroyed' | 'once'>;

function door(marks = MARKS) {
  const sensor = { delayMilliseconds: 0 };
  const clock = { now: 0 };
  const told: ShedReport[] = [];
  const shedding = new LoadShedding(sensor, marks, (report) => told.push(report), () => clock.now); // prettier-ignore
  /** Asks without staying. */
  const refused = (urgency: Urgency) => shedding.enter(urgency, answer({ destroyed: true }));
  const answers = (urgency: Urgency) => refused(urgency) === undefined;
  const fill = (urgency: Urgency, calls: number) =>
    Array.from({ length: calls }, () => {
      const held = answer({ destroyed: false });
      shedding.enter(urgency, held);
      return held;
    });
  return { sensor, clock, told, refused, answers, fill };
}

describe('a process that is behind with its work', () => {
  it('sends reads away first, and writes only when it is ten times as far behind', () => {
    const { sensor, answers } = door();
    const at = (delay: number) => {
      sensor.delayMilliseconds = delay;
      return { read: answers('read'), write: answers('write'), kept: answers('kept') };
    };
    expect(at(99)).toEqual({ read: true, write: true, kept: true });
    expect(at(100)).toEqual({ read: false, write: true, kept: true });
    expect(at(999)).toEqual({ read: false, write: true, kept: true });
    expect(at(1000)).toEqual({ read: false, write: false, kept: true });
    expect(at(99)).toEqual({ read: true, write: true, kept: true });
  });

  it('says 503 and to come back later the further behind it is, and within half a minute', () => {
    const { sensor, refused } = door();
    const after = (delay: number) => {
      sensor.delayMilliseconds = delay;
      return refused('read');
    };
    expect(after(100)).toMatchObject({ code: 'TEMPORARY_REDUCED_CAPACITY', kind: 'unavailable', retryAfter: 1 });
    expect(after(450)?.retryAfter).toBe(5);
    expect(after(1e6)?.retryAfter).toBe(30);
  });

  it('takes what comes where a mark is zero', () => {
    const { sensor, answers, fill } = door({ delayMilliseconds: 0, inFlight: 0 });
    sensor.delayMilliseconds = 1e9;
    fill('read', 1000);
    expect([answers('read'), answers('write')]).toEqual([true, true]);
  });
});

describe('places in the process', () => {
  it('are so many for reads, and four times as many for writes that no read takes', () => {
    const { answers, fill } = door();
    fill('read', 3);
    expect(answers('read')).toBe(true);
    fill('read', 1);
    expect([answers('read'), answers('write')]).toEqual([false, true]);
    fill('read', 1000);
    expect(answers('write')).toBe(true);
    fill('write', 15);
    expect(answers('write')).toBe(true);
    fill('write', 1);
    expect([answers('write'), answers('kept')]).toEqual([false, true]);
  });

  it('are free again when the call is answered, and taken by nobody who has gone before', () => {
    const { answers, fill } = door();
    for (let gone = 0; gone < 10; gone += 1) expect(answers('read')).toBe(true);
    const [first] = fill('read', 4);
    expect(answers('read')).toBe(false);
    first?.emit('close');
    expect(answers('read')).toBe(true);
  });
});

describe('what was sent away', () => {
  it('is told when it begins and every ten seconds, with how many it were', () => {
    const { sensor, clock, told, answers, fill } = door();
    fill('write', 2);
    sensor.delayMilliseconds = 1000;
    for (const urgency of ['read', 'read', 'write', 'read'] as const) answers(urgency);
    expect(told).toEqual([{ read: 1, write: 0, inFlight: { read: 0, write: 2, kept: 0 }, delayMilliseconds: 1000 }]);
    clock.now = 10_000;
    answers('read');
    expect(told[1]).toMatchObject({ read: 3, write: 1 });
  });
});

describe('an operation', () => {
  const PORTAL = 'experience/portal.v1';
  const WRITES = [['portal:orders:write']];
  it.each([
    ['that changes something is a write', 'write', PORTAL, WRITES, false],
    ['that needs a scope to read alone is a read', 'read', PORTAL, [['portal:availability:read']], false],
    ['that reads and writes is a write', 'write', PORTAL, [['portal:items:read', 'portal:orders:write']], false],
    ['that can wait is a read, whatever its scope', 'read', PORTAL, WRITES, true],
    ['of the gateway itself is kept', 'kept', 'gateway/gateway.v1', WRITES, true],
  ] as const)('%s', (_, urgency, document, scopes, canWait) => {
    expect(urgencyOf(document, scopes, canWait)).toBe(urgency);
  });
});

describe('the delay of the event loop', () => {
  function sensed() {
    const clock = { now: 0 };
    const looks = { count: 0, mean: 0, reset: () => void (looks.count = 0) };
    const sensor = new EventLoopSensor(looks, () => clock.now);
    /** A second in which looks came so many milliseconds after each other. */
    const second = (milliseconds: number) => {
      clock.now += 1000;
      looks.count = milliseconds === 0 ? 0 : 1;
      looks.mean = milliseconds * 1e6;
      return sensor.delayMilliseconds;
    };
    return { clock, sensor, second };
  }

  it('is what two seconds in a row have shown: one long pause is no overload', () => {
    const { second } = sensed();
    expect([second(10), second(810), second(10), second(310), second(610)]).toEqual([0, 0, 0, 0, 300]);
  });

  it('stays as it was found until the next second has passed', () => {
    const { clock, sensor, second } = sensed();
    second(310);
    second(410);
    clock.now += 999;
    expect(sensor.delayMilliseconds).toBe(300);
  });

  it('is all of a time in which nothing else had its turn', () => {
    const { clock, sensor, second } = sensed();
    second(5010);
    clock.now += 3000;
    expect(sensor.delayMilliseconds).toBe(2990);
  });

  it('is next to nothing in a process that has nothing to do', () => {
    expect(new EventLoopSensor().delayMilliseconds).toBe(0);
  });
});
