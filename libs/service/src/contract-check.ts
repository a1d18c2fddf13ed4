import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats';
import type { Finding } from '#canonical/errors';
import { CrossdockError } from '#canonical/errors';
import { openApiDocument } from './documents';

/**
 * Checks values against the schemas of the committed documents. Compiled Ajv is some hundred times faster than class-validator
 * (docs/adr/0004); the DTO classes stay the one source, because the documents are emitted from them.
 */
export function schemaCheck(document: string, schema: string, options: { coerce?: boolean } = {}): ValidateFunction {
  const key = `${document}#${schema}#${options.coerce === true ? 'coerced' : 'exact'}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const ajv = ajvFor(document, options.coerce === true);
  const check = ajv.compile({ $ref: `${document}#/components/schemas/${schema}` });
  compiled.set(key, check);
  return check;
}

const compiled = new Map<string, ValidateFunction>();
const engines = new Map<string, Ajv2020>();

function ajvFor(document: string, coerce: boolean): Ajv2020 {
  const key = `${document}#${String(coerce)}`;
  const known = engines.get(key);
  if (known !== undefined) return known;
  const ajv = newAjv({ coerce });
  ajv.addSchema({ $id: document, components: openApiDocument(document).components });
  engines.set(key, ajv);
  return ajv;
}

/** Ajv as every check of ours wants it: all faults at once unless told otherwise, formats known, OpenAPI's own keywords ignored. */
export function newAjv({ coerce = false, allErrors = true } = {}): Ajv2020 {
  const ajv = new Ajv2020({ allErrors, strict: false, coerceTypes: coerce, validateFormats: true });
  addFormats(ajv);
  ajv.addFormat('date-time', isDateTime);
  return ajv;
}

/** A moment as nearly everybody writes it: in UTC, on a day that every month has. */
const USUAL_MOMENT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;
const anyMoment = (fullFormats['date-time'] as { readonly validate: (text: string) => boolean }).validate;

/** RFC 3339. Stock facts come in thousands a call, a moment in each: taking it apart is left for the unusual one. */
export function isDateTime(text: string): boolean {
  return USUAL_MOMENT.test(text) || anyMoment(text);
}

/** Throws CONTRACT_VIOLATED (invalid) with one finding per fault. */
export function assertValid(check: ValidateFunction, value: unknown, what: string): void {
  if (check(value)) return;
  const findings = findingsOf(check.errors ?? []);
  const first = findings[0]?.detail ?? 'it does not match its contract';
  throw new CrossdockError({ code: 'CONTRACT_VIOLATED', kind: 'invalid', message: `${what}: ${first}`, findings });
}

const CODES: Readonly<Record<string, string>> = {
  required: 'FIELD_REQUIRED',
  additionalProperties: 'FIELD_UNKNOWN',
  unevaluatedProperties: 'FIELD_UNKNOWN',
  type: 'FIELD_TYPE',
  enum: 'FIELD_NOT_ALLOWED',
  pattern: 'FIELD_FORMAT',
  format: 'FIELD_FORMAT',
  minLength: 'FIELD_TOO_SHORT',
  maxLength: 'FIELD_TOO_LONG',
  minItems: 'LIST_TOO_SHORT',
  maxItems: 'LIST_TOO_LONG',
  minimum: 'NUMBER_TOO_SMALL',
  maximum: 'NUMBER_TOO_LARGE',
};
const SHOWN_FAULTS = 100;
/** Characters. Whoever sends a name of a megabyte is not sent it back, twice. */
const LONGEST_POINTER = 300;

/** Ajv's errors as findings: a JSON pointer to the fault, a stable code, words that say what would be accepted. */
export function findingsOf(errors: readonly ErrorObject[]): Finding[] {
  return errors.slice(0, SHOWN_FAULTS).map((error) => {
    const extra = error.params as { missingProperty?: string; additionalProperty?: string; allowedValues?: unknown[] };
    const field = extra.missingProperty ?? extra.additionalProperty;
    const pointer = shortened(
      field === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(field)}`,
    );
    const allowed = extra.allowedValues === undefined ? '' : `: ${extra.allowedValues.join(', ')}`;
    return {
      code: CODES[error.keyword] ?? 'FIELD_INVALID',
      detail: `${pointer || 'the body'} ${error.message ?? 'is wrong'}${allowed}`,
      pointer,
    };
  });
}

function shortened(pointer: string): string {
  return pointer.length <= LONGEST_POINTER ? pointer : `${pointer.slice(0, LONGEST_POINTER)}…`;
}

function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
