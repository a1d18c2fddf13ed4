/** Fields whose values open something. */
const SECRET =
  /pass(word|phrase)|secret|token|api[-_]?key|authori[sz]ation|credential|cookie|signature|private[-_]?key/i;
/** Fields that say who a person is, or where exactly. */
const PERSONAL =
  /^(e[-_]?mail|phone|mobile|fax|street\d?|address[-_]?(line)?[-_]?\d|contact[-_]?name|first[-_]?name|last[-_]?name|company[-_]?name|attention)$/i;
/** A name is one of a person or of a place when it stands beside one of these; an item's name is not. */
const BESIDE_A_NAME = /^(street|address[-_]?(line)?[-_]?1|postal[-_]?code|zip|email|phone)$/i;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
/** Keys, secrets and signed tokens; what is kept of them tells their kind. */
const KEY_TEXT = /\b(?:(cd[ks]_(?:live|test)_|whsec_|sk_live_|sk_test_)[\w+/=-]+|(eyJ)[\w-]+\.[\w-]+\.[\w-]*)/g;
/** What is asked for with a secret or a person in the query, where neither belongs. */
const IN_QUERY =
  /([?&][\w-]*(?:password|passphrase|secret|token|api[-_]?key|credential|signature|e-?mail|phone)[\w-]*=)[^&#\s"]*/gi;
/** `https://user:password@host` */
const USER_INFO = /\/\/[^/\s:@"]+:[^/\s@"]+@/g;
export const MASK = '***';

/** What a field's name says of its value. */
interface FieldKind {
  readonly hidden: boolean;
  readonly besideAName: boolean;
  readonly isName: boolean;
}

/** Names of fields come from contracts and formats: few, and met again with each payload. */
const KINDS_KEPT = 5_000;
const kinds = new Map<string, FieldKind>();

function kindOf(field: string): FieldKind {
  const known = kinds.get(field);
  if (known !== undefined) return known;
  const kind = {
    hidden: SECRET.test(field) || PERSONAL.test(field),
    besideAName: BESIDE_A_NAME.test(field),
    isName: field.toLowerCase() === 'name',
  };
  if (kinds.size >= KINDS_KEPT) kinds.clear();
  kinds.set(field, kind);
  return kind;
}

/**
 * A value as it may be kept: credentials, addresses and names of persons are masked field by field. Every answer that is logged passes:
 * what has nothing to mask is handed on as it is, not copied.
 */
export function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (Array.isArray(value)) return changed(value, value.map(maskedValue));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.keys(value);
  const named = fields.some((field) => kindOf(field).besideAName);
  const before: unknown[] = Object.values(value);
  const after = before.map((inner, index) => {
    const { hidden, isName } = kindOf(fields[index] ?? '');
    const masks = (hidden || (named && isName)) && inner !== null && typeof inner !== 'object';
    return masks ? MASK : maskedValue(inner);
  });
  return changed(before, after) === before
    ? value
    : Object.fromEntries(fields.map((field, index) => [field, after[index]]));
}

function changed(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((value, index) => value === before[index]) ? before : after;
}

/** Any text as it may be kept. Most has neither the sign of an address nor a part of a key or a query in it. */
export function maskedText(text: string): string {
  const open = text.includes('_') || text.includes('eyJ') ? text.replaceAll(KEY_TEXT, `$1$2${MASK}`) : text;
  const asked = open.includes('=') ? open.replaceAll(IN_QUERY, `$1${MASK}`) : open;
  return asked.includes('@') ? asked.replaceAll(USER_INFO, `//${MASK}@`).replaceAll(EMAIL, MASK) : asked;
}
