// report.cjs NAME REPORT FAILURES: prints "passed failed" of a jest report; a skipped test and a file that could not be run count as
// failed. Every failure is added to FAILURES with the first lines of its message, for whoever reads only the end of the output.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [name, reportFile, failuresFile] = process.argv.slice(2);
const LINES = 12;
const COLOURS = /\u001b\[[0-9;]*m/g;

const report = JSON.parse(fs.readFileSync(reportFile, 'utf8'));
const failures = report.testResults.flatMap(({ name: file, status, message, assertionResults }) => {
  const where = `${name} ${path.relative(process.cwd(), file)}`;
  const bad = assertionResults.filter((test) => test.status !== 'passed');
  if (bad.length === 0 && status === 'failed') return [told(where, 'could not be run', message)];
  return bad.map((test) => told(where, `${test.fullName} (${test.status})`, test.failureMessages.join('\n')));
});
fs.appendFileSync(failuresFile, failures.join(''));
console.log(report.numPassedTests, failures.length);

function told(where, what, message) {
  const lines = message.replace(COLOURS, '').split('\n').filter((line) => line.trim() !== ''); // prettier-ignore
  return `FAILED ${where}: ${what}\n${lines.slice(0, LINES).map((line) => `    ${line}\n`).join('')}`; // prettier-ignore
}
