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
const MASK = '***';

/**
 * A payload as it may be kept and shown: credentials, addresses and names of persons are masked, whatever the language of the fields'
 * neighbours. JSON is masked field by field; in any other text only what looks like a key or an e-mail address can be found.
 */
export function masked(text: string, secrets: readonly string[] = []): string {
  const clear = secrets.reduce((rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, MASK)), text);
  const parsed = jsonOf(clear);
  return parsed === undefined ? maskedText(clear) : JSON.stringify(maskedValue(parsed));
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const named = entries.some(([field]) => BESIDE_A_NAME.test(field));
  return Object.fromEntries(
    entries.map(([field, inner]) => {
      const hidden = SECRET.test(field) || PERSONAL.test(field) || (named && field.toLowerCase() === 'name');
      return [field, hidden && inner !== null && typeof inner !== 'object' ? MASK : maskedValue(inner)];
    }),
  );
}

function maskedText(text: string): string {
  return text.replaceAll(KEY_TEXT, `$1$2${MASK}`).replaceAll(EMAIL, MASK);
}
