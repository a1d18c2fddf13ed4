import type { Finding } from '#canonical/errors';
import type { Check } from '../incoming';

export const MAX_LINES = 500;

/** Line numbers are unique in the purchase order, and there are not too many. */
export const lineNumbers: Check = ({ request: { lines } }) => {
  const findings: Finding[] = [];
  if (lines.length > MAX_LINES) {
    const detail = `an order has at most ${MAX_LINES} lines`;
    findings.push({
      code: 'LINES_TOO_MANY',
      detail,
      pointer: '/lines',
      severity: 'REJECT',
      seen: String(lines.length),
    });
  }
  const seen = new Set<number>();
  for (const [index, { line }] of lines.entries()) {
    if (seen.has(line)) {
      const pointer = `/lines/${index}/line`;
      findings.push({
        code: 'LINE_DUPLICATE',
        detail: `line ${line} comes twice`,
        pointer,
        severity: 'REJECT',
        seen: String(line),
      });
    }
    seen.add(line);
  }
  return findings;
};
