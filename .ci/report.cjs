// report.cjs NAME REPORT FAILURES: prints "passed failed" of a jest report; a skipped test and a file that could not be run count as
// failed. Every failure is added to FAILURES with the first lines of its message, for whoever reads only the end of the output.
// report.cjs --failed-files REPORT: the files with a failure, a line each.
// report.cjs --merge REPORT SECOND UNSTABLE: the outcome of a second run replaces the first for the files it ran; what only failed
// the first time is added to UNSTABLE.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const LINES = 12;
const COLOURS = /\u001b\[[0-9;]*m/g;
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const unsuccessful = ({ assertionResults }) => assertionResults.filter((test) => test.status !== 'passed');
const hasFailed = (file) => file.status === 'failed' || unsuccessful(file).length > 0;

function told(verdict, where, what, message) {
  const lines = message.replace(COLOURS, '').split('\n').filter((line) => line.trim() !== ''); // prettier-ignore
  return `${verdict} ${where}: ${what}\n${lines.slice(0, LINES).map((line) => `    ${line}\n`).join('')}`; // prettier-ignore
}

function faultsOf(verdict, prefix, file) {
  const where = `${prefix}${path.relative(process.cwd(), file.name)}`;
  const bad = unsuccessful(file);
  if (bad.length === 0 && file.status === 'failed') return [told(verdict, where, 'could not be run', file.message)];
  return bad.map((test) => told(verdict, where, `${test.fullName} (${test.status})`, test.failureMessages.join('\n')));
}

function failedFiles(reportFile) {
  for (const file of read(reportFile).testResults.filter(hasFailed))
    console.log(path.relative(process.cwd(), file.name));
}

function merge(reportFile, secondFile, unstableFile) {
  const report = read(reportFile);
  const second = new Map(read(secondFile).testResults.map((file) => [file.name, file]));
  const mended = report.testResults.filter(
    (file) => hasFailed(file) && second.has(file.name) && !hasFailed(second.get(file.name)),
  );
  fs.appendFileSync(unstableFile, mended.flatMap((file) => faultsOf('UNSTABLE', '', file)).join(''));
  const testResults = report.testResults.map((file) => second.get(file.name) ?? file);
  fs.writeFileSync(reportFile, JSON.stringify({ ...report, testResults }));
}

function summary(name, reportFile, failuresFile) {
  const { testResults } = read(reportFile);
  const failures = testResults.flatMap((file) => faultsOf('FAILED', `${name} `, file));
  const passed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed');
  fs.appendFileSync(failuresFile, failures.join(''));
  console.log(passed.length, failures.length);
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--failed-files') failedFiles(...rest);
else if (first === '--merge') merge(...rest);
else summary(first, ...rest);
