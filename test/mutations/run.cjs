// npm run test:mutations [-- WORD]: plants one mistake after the other (those whose name has WORD) in the availability engine or the order process and runs
// its tests; each must fail one. Prints the table of docs/proofs.md. Exit code 1 when a mistake survives or the tests fail without any.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { mutations } = require('./mutations.cjs');

const root = path.join(__dirname, '..', '..');
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'crossdock-mutations-'));
/** Cases per property: enough for every mistake here, and little enough for all of them in two minutes. */
const RUNS = '400';
const AT_ONCE = 2;
let started = 0;

function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [jest, ...args], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.on('data', (part) => (told += part));
    child.on('error', reject);
    child.on('close', () => resolve(told));
  });
}

/** Tests that failed. Throws when none could be run. */
async function failing({ project, tests, only }, mutation) {
  const report = path.join(reports, `${(started += 1)}.json`);
  const config = ['--config', path.join(__dirname, 'jest.config.cjs'), '--selectProjects', project];
  const which = ['--testPathPatterns', tests, ...(only ? ['-t', only] : [])];
  const planted = mutation ? { CROSSDOCK_MUTATION: JSON.stringify(mutation) } : {};
  const env = { ...process.env, CROSSDOCK_PROPERTY_RUNS: RUNS, CROSSDOCK_PROPERTY_SEED: '1', ...planted };
  const told = await run([...config, ...which, '--runInBand', '--silent', '--json', '--outputFile', report], env);
  if (!fs.existsSync(report)) throw new Error(told);
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  const unrun = testResults.find((file) => file.status === 'failed' && file.assertionResults.length === 0);
  if (unrun) throw new Error(unrun.message);
  const ran = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ file: path.basename(name).split('.')[0], status, fullName })),
  );
  if (!ran.some(({ status }) => status === 'passed' || status === 'failed')) throw new Error(`no test ran of ${tests} ${only ?? ''}`); // prettier-ignore
  return ran.filter(({ status }) => status === 'failed');
}

/** In order, so many at once. */
async function each(list, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const index = next;
      next += 1;
      results[index] = await work(list[index]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** E7 rather than its whole title; the file for tests that are no worked example. */
function catchers(failures) {
  const names = failures.map(({ file, fullName }) => /^E\d+/.exec(fullName)?.[0] ?? file);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).join(', ');
}

async function main(word = '') {
  const chosen = mutations.filter(({ what }) => what.includes(word));
  const suites = new Map(
    chosen.map((mutation) => [[mutation.project, mutation.tests, mutation.only].join(), mutation]),
  );
  const broken = (await each([...suites.values()], (suite) => failing(suite))).flat();
  if (broken.length > 0)
    throw new Error(`fails without a mistake: ${broken.map(({ fullName }) => fullName).join('; ')}`);
  const rows = await each(chosen, async (mutation) => [mutation, await failing(mutation, mutation)]);
  console.log('| mistake | in | caught by |\n|---|---|---|');
  for (const [{ what, file }, failures] of rows)
    console.log(`| ${what} | \`${path.basename(file)}\` | ${catchers(failures) || '**nothing**'} |`);
  const caught = rows.filter(([, failures]) => failures.length > 0).length;
  console.log(`\n${caught} of ${rows.length} mistakes caught`);
  if (caught < rows.length) process.exitCode = 1;
}

main(process.argv[2])
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(reports, { recursive: true }));
