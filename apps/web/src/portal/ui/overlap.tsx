import { t } from '../texts/t';
import { Select } from './field';

/** Hours, the usual first. */
const OVERLAPS = [24, 72, 168, 1];

interface OverlapSelectProps {
  readonly label: string;
  /** The words for no overlap. */
  readonly none: string;
  readonly hours: number;
  readonly change: (hours: number) => void;
}

/** For how long the old secret works beside the new one. */
export function OverlapSelect({ label, none, hours, change }: OverlapSelectProps) {
  return (
    <Select label={label} value={hours} onChange={(event) => change(Number(event.target.value))}>
      {OVERLAPS.map((each) => (
        <option key={each} value={each}>
          {t('keys.rotate.hours', { hours: each })}
        </option>
      ))}
      <option value={0}>{none}</option>
    </Select>
  );
}
