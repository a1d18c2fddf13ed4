import type { Ajv2020 } from 'ajv/dist/2020';
import type { Finding } from '#canonical/errors';
import { findingsOf } from '#service/contract-check';
import type { OpenApiOperation } from '#service/documents';
import { within } from './schemas';

type Parameter = NonNullable<OpenApiOperation['parameters']>[number];
/** What is wrong with the parameters of a request; numbers among them become numbers, in place. */
export type ParameterCheck = (given: Record<string, unknown>) => Finding[];

/** Plain decimals alone: what else JavaScript takes for a number (``, ` 5`, `0x10`, `1e400`) is no number that anybody means. */
const NUMBERS: Readonly<Record<string, RegExp>> = { integer: /^-?\d+$/, number: /^-?\d+(\.\d+)?$/ };

/** Checks the parameters of one place against the document that is named. */
export function parameterCheck(ajv: Ajv2020, document: string, parameters: readonly Parameter[]): ParameterCheck {
  const valid = ajv.compile({
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, within(document, schema ?? {})])),
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    additionalProperties: false,
  });
  const readers = parameters.map(readerOf);
  return (given) => {
    for (const read of readers) read(given);
    return valid(given) ? [] : findingsOf(valid.errors ?? []).map(asParameter);
  };
}

/** Text that is a number becomes one; what is not stays text, and is refused as such. */
function readerOf({ name, in: place, schema }: Parameter): (given: Record<string, unknown>) => void {
  const { type, maximum } = (schema ?? {}) as { type?: unknown; maximum?: unknown };
  const number = typeof type === 'string' ? NUMBERS[type] : undefined;
  // Page sizes are clamped, not refused (api-standards 4); other numbers are what the caller meant.
  const most = place === 'query' && name === 'limit' && typeof maximum === 'number' ? maximum : Infinity;
  return (given) => {
    const value = given[name];
    if (typeof value === 'string' && number?.test(value) === true) given[name] = Math.min(Number(value), most);
  };
}

/** The pointer of a parameter would point into a body that is not there: the words name it instead. */
function asParameter({ code, detail, pointer }: Finding): Finding {
  return { code, detail: `parameter ${(pointer ?? '').replace(/^\//, '')}: ${detail.replace(/^\S* /, '')}` };
}
