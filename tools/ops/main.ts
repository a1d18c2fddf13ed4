import { Refusal, UsageError } from './client';
import { run } from './commands';

run(process.argv.slice(2), process.env).then(
  (text) => process.stdout.write(`${text}\n`),
  (error: unknown) => {
    const known = error instanceof UsageError || error instanceof Refusal;
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
