/**
 * GS1 check digit of the digits before it: from the right, weights 3,1,3,1…; (10 − Σ mod 10) mod 10
 * (domain/edi.md §8). The same for GTIN-8/12/13/14, GLN and SSCC. Throws RangeError when not all digits.
 */
export function checkDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError(`not digits: ${digits}`);
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** True for 8, 12, 13 or 14 digits with the right check digit. */
export function isGtin(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text) && checkDigit(text.slice(0, -1)) === text.slice(-1);
}

/** GTINs are stored left-padded to 14 digits, so that one item has one GTIN. */
export function gtin14(text: string): string {
  return text.padStart(14, '0');
}
