import { MASK, maskedText, maskedValue } from '#service/masking';

/**
 * A payload as it may be kept and shown: credentials, addresses and names of persons are masked, whatever the language of the fields'
 * neighbours. JSON is masked field by field; in any other text only what looks like a key or an e-mail address can be found.
 */
export function masked(text: string, secrets: readonly string[] = []): string {
  const clear = secrets.reduce((rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, MASK)), text);
  const parsed = jsonOf(clear);
  return parsed === undefined ? maskedText(clear) : JSON.stringify(maskedValue(parsed));
}

/** The same of what has been parsed already; `text` is how it reads, and is answered where nothing in it is masked. */
export function maskedJson(value: unknown, text: string): string {
  const kept = maskedValue(value);
  return kept === value ? text : JSON.stringify(kept);
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
