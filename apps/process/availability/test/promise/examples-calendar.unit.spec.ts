import fc from 'fast-check';
import { deliveryDay, isWorkingDay, latestFor, minuteOf, shipDay, type Calendar } from '../../src/promise/calendar';
import { dateOf, dayOf, localMoment } from '../../src/promise/days';

describe('E11: Monday to Friday, cut-off 14:00, one day of handling, two of transit, Friday 2026-03-06 off', () => {
  const weekdays = new Set([1, 2, 3, 4, 5]);
  const node: Calendar = { workingDays: weekdays, holidays: new Set([dayOf('2026-03-06')]) };
  const carrier: Calendar = { workingDays: weekdays, holidays: new Set() };
  const calendar = { node, carrier, cutOff: minuteOf('14:00'), handlingDays: 1, transitDays: 2 };

  test.each([
    ['Thursday before the cut-off', '2026-03-05', '13:59', '2026-03-09', '2026-03-11'],
    ['Thursday on the cut-off, which is late', '2026-03-05', '14:00', '2026-03-10', '2026-03-12'],
    ['Saturday', '2026-03-07', '10:00', '2026-03-10', '2026-03-12'],
  ])('ordered on %s', (_, date, time, ships, delivers) => {
    const day = dayOf(date);
    const ship = shipDay(calendar, day, { day, minute: minuteOf(time) });
    expect([ship, deliveryDay(calendar, ship)].map(dateOf)).toEqual([ships, delivers]);
  });
  test('backwards from delivery on Friday 2026-03-13 with three days of transit', () => {
    const { ship, release } = latestFor({ ...calendar, transitDays: 3 }, dayOf('2026-03-13'));
    expect([ship, release].map(dateOf)).toEqual(['2026-03-10', '2026-03-09']);
  });
  test('what is released on that day before 14:00 does ship in time, at 14:00 it does not', () => {
    const day = dayOf('2026-03-09');
    const ships = ['13:59', '14:00'].map((time) => dateOf(shipDay(calendar, day, { day, minute: minuteOf(time) })));
    expect(ships).toEqual(['2026-03-10', '2026-03-11']);
  });
});

describe('backwards from any delivery day, by any calendars', () => {
  const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
  const holidays = fc.uniqueArray(fc.integer({ min: 20_500, max: 20_530 }), { maxLength: 4 });
  const works = fc.record({ workingDays: weekdays.map((days) => new Set(days)), holidays: holidays.map((days) => new Set(days)) }); // prettier-ignore
  const days = fc.integer({ min: 0, max: 5 });

  test('what ships on the last day arrives in time, and nothing that ships later does', () => {
    const delivery = fc.integer({ min: 20_505, max: 20_530 });
    fc.assert(
      fc.property(works, works, days, days, delivery, (node, carrier, handlingDays, transitDays, wanted) => {
        const calendar = { node, carrier, handlingDays, transitDays };
        const { ship, release } = latestFor(calendar, wanted);
        expect(isWorkingDay(node, ship)).toBe(true);
        expect(deliveryDay(calendar, ship)).toBeLessThanOrEqual(wanted);
        for (let later = ship + 1; later <= wanted; later += 1)
          if (isWorkingDay(node, later)) expect(deliveryDay(calendar, later)).toBeGreaterThan(wanted);
        expect(shipDay(calendar, release, { day: release, minute: 0 })).toBe(ship);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a node promises by its own calendar day and clock', () => {
  const at = (instant: string, zone: string) => {
    const { day, minute } = localMoment(new Date(instant), zone);
    return [dateOf(day), minute];
  };
  expect(at('2026-03-02T23:30:00Z', 'UTC')).toEqual(['2026-03-02', 23 * 60 + 30]);
  expect(at('2026-03-02T23:30:00Z', 'Asia/Tokyo')).toEqual(['2026-03-03', 8 * 60 + 30]);
  expect(at('2026-03-02T23:31:59Z', 'Asia/Tokyo')).toEqual(['2026-03-03', 8 * 60 + 31]);
  expect(at('2026-03-02T23:30:00Z', 'Nowhere/At_All')).toEqual(['2026-03-02', 23 * 60 + 30]);
});
