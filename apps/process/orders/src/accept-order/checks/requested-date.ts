import type { Check } from '../incoming';

/** A day of the calendar. A past one is taken as today and said so. */
export const requestedDate: Check = ({ request: { requestedDate: day }, today }) => {
  if (day === undefined) return [];
  const pointer = '/requestedDate';
  const time = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(day)) {
    return [
      { code: 'DATE_INVALID', detail: `${day} is no day of the calendar`, pointer, severity: 'REJECT', seen: day },
    ];
  }
  if (day >= today) return [];
  const detail = `${day} has passed; ${today} is used`;
  return [{ code: 'DATE_PAST', detail, pointer, severity: 'WARN', seen: day, expected: today }];
};
