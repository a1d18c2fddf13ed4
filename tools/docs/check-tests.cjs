'use strict';
// Every test that docs/api-standards.md names exists: `file`: "part of its title", "part of another". Every numbered rule is there, and
// has a test or says plainly what is not shown. Every row of docs/scorecard.md is in a state that its tests and its gaps bear out.
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

const STATES = {
  works: (tests, missing) => tests > 0 && missing === '',
  'in part': (tests, missing) => tests > 0 && missing !== '',
  'not yet': (tests, missing) => tests === 0 && missing !== '',
};
const scorecard = readFileSync(join(root, 'docs/scorecard.md'), 'utf8');
const rows = [...scorecard.matchAll(/^\| ([^|]*?) +\| ([^|]*?) +\|([^|]*)\|([^|]*)\|$/gm)].slice(1);
if (rows.length < 25) faults.push(`docs/scorecard.md has ${rows.length} rows that can be read`);
for (const [, ability, state, shown, missing] of rows) {
  if (/^-+$/.test(ability)) continue;
  const files = [...shown.matchAll(/`([^`]+)`/g)].map(([, file]) => file);
  for (const file of files) if (!existsSync(join(root, file))) faults.push(`scorecard, ${ability}: ${file} is gone`);
  if (!(state in STATES)) faults.push(`scorecard, ${ability}: ${state} is no state`);
  else if (!STATES[state](files.length, missing.trim()))
    faults.push(`scorecard, ${ability}: ${files.length} tests and "${missing.trim()}" are not "${state}"`);
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}
