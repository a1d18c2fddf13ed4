/** Names of the trade file that are no English country name of ISO 3166. The last resort for the rest is the seller's country. */
const SPECIAL: Readonly<Record<string, string>> = {
  eire: 'IE',
  rsa: 'ZA',
  usa: 'US',
  'channel islands': 'JE',
  'czech republic': 'CZ',
  'european community': 'BE',
  'hong kong': 'HK',
  korea: 'KR',
};
const HOME = 'GB';

const CODES = new Map<string, string>();

/** ISO 3166-1 alpha-2 of a country by its English name; the seller's own when the file does not name one. */
export function countryCode(name: string): string {
  if (CODES.size === 0) learn();
  const key = name.trim().toLowerCase();
  return SPECIAL[key] ?? CODES.get(key) ?? HOME;
}

function learn(): void {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  for (const first of letters) {
    for (const second of letters) {
      const name = names.of(first + second)?.toLowerCase();
      // Withdrawn codes carry today's name too; the first one in the alphabet is not always the one in force.
      if (name !== undefined && !WITHDRAWN.has(first + second) && !CODES.has(name)) CODES.set(name, first + second);
    }
  }
}

const WITHDRAWN = new Set([
  'AN',
  'BU',
  'CS',
  'DD',
  'FX',
  'NT',
  'QU',
  'SU',
  'TP',
  'UK',
  'VD',
  'YD',
  'YU',
  'ZR',
  'EU',
  'EZ',
  'UN',
  'XA',
  'XB',
  'ZZ',
]);
