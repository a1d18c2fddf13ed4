import { writeFileSync } from 'node:fs';
import { ServerAway } from './client';
import { optionsOf, serverOf, UsageError } from './options';
import { textOf } from './report';
import { SeedRefused } from './seed';
import { replayFile } from './session';

/** 0: all is explained and holds. 1: something is not. 2: cannot begin. 3: the server went away; start again to continue. */
async function main(): Promise<number> {
  try {
    const options = optionsOf(process.argv.slice(2));
    const report = await replayFile(options, serverOf(process.env), process.stderr);
    process.stdout.write(`${textOf(report)}\n`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    return report.passed ? 0 : 1;
  } catch (error) {
    if (error instanceof ServerAway) {
      process.stderr.write(`\n${error.message}\nWhat was done is kept: the same command continues.\n`);
      return 3;
    }
    if (!(error instanceof UsageError) && !(error instanceof SeedRefused)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 2;
  }
}

void main().then((status) => {
  process.exitCode = status;
});
