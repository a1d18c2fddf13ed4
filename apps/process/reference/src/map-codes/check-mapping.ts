import type { MappingDto } from '#contracts/reference/mappings.dto';
import { isDay } from '../put-records/check-records';

const UNECE_UNIT = /^[A-Z0-9]{2,3}$/;

/** kind/system/external/item/first day. */
export function mappingId({ kind, system, external, item = '', validFrom }: MappingDto): string {
  return [kind, system, external, item, validFrom].join('/');
}

/** What is wrong with the row by itself; whether it names things that exist is for the store to say. Pure. */
export function mappingFault(mapping: MappingDto): string | undefined {
  const { kind, internal, item, factor, validFrom, validTo } = mapping;
  for (const day of [validFrom, validTo]) {
    if (day !== undefined && !isDay(day)) return `${day} is no day of the calendar`;
  }
  if (validTo !== undefined && validTo < validFrom) return 'validTo is before validFrom';
  if (kind === 'PACK' && (item === undefined || factor === undefined)) return 'a pack needs its item and its factor';
  if (kind !== 'PACK' && factor !== undefined) return 'only a pack has a factor';
  if (kind !== 'PACK' && kind !== 'UNIT' && item !== undefined) return 'only a unit or a pack can be for one item';
  if ((kind === 'PACK' || kind === 'UNIT') && !UNECE_UNIT.test(internal))
    return `${internal} is no code of UNECE Recommendation 20`;
  return undefined;
}
