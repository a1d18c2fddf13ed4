/**
 * A list as PostgreSQL reads arrays, in one pass; statements for sets pass dozens of them. Undefined where an element is more than a text, a
 * number, a boolean or nothing: those are the driver's to write.
 */
export function arrayText(values: readonly unknown[]): string | undefined {
  let written = '{';
  let separator = '';
  for (const value of values) {
    if (typeof value === 'string') written += separator + quoted(value);
    else if (value === null || value === undefined) written += `${separator}NULL`;
    else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
      written += separator + String(value);
    else return undefined;
    separator = ',';
  }
  return `${written}}`;
}

/** Always in quotes: an empty text, one with commas and the word NULL mean themselves. JSON has many quotes in it, and seldom a backslash. */
function quoted(text: string): string {
  const escaped = text.includes('\\') ? text.replace(/\\/g, '\\\\') : text;
  return escaped.includes('"') ? `"${escaped.replace(/"/g, '\\"')}"` : `"${escaped}"`;
}
