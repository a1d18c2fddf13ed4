'use strict';
// Every test that docs/api-standards.md names exists: `file`: "part of its title", "part of another". Every numbered rule is there, and
// has a test or says plainly what is not shown.
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const RULES = 20;
const text = readFileSync(join(root, 'docs/api-standards.md'), 'utf8');
const faults = [];
const numbers = [];
/** As it is written in the source, where an apostrophe may be escaped. */
const plain = (source) => source.replaceAll("\\'", "'");

for (const [, number, , shown, missing] of text.matchAll(/^\| (\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)) {
  numbers.push(Number(number));
  if (shown.trim() === '' && missing.trim() === '') faults.push(`rule ${number} has no test and does not say so`);
  for (const [, file, titles] of shown.matchAll(/`([^`]+)`:((?: ?"[^"]+",?)+)/g)) {
    const path = join(root, file);
    if (!existsSync(path)) {
      faults.push(`rule ${number}: ${file} does not exist`);
      continue;
    }
    const source = plain(readFileSync(path, 'utf8'));
    for (const [, title] of titles.matchAll(/"([^"]+)"/g))
      if (!source.includes(title)) faults.push(`rule ${number}: ${file} has no test "${title}"`);
  }
}
if (numbers.join() !== Array.from({ length: RULES }, (_, index) => index + 1).join())
  faults.push(`docs/api-standards.md has the rules ${numbers.join(', ')}: 1 to ${RULES} are wanted, once each`);
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
