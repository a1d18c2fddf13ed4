import { Refusal, UsageError } from './client';

/** Prints what a command answers. Exit status 0, 1 when the API refused or something broke, 2 when it was called wrongly. */
export function runMain(run: (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<string>): void {
  run(process.argv.slice(2), process.env).then(
    (text) => process.stdout.write(`${text}\n`),
    (error: unknown) => {
      const known = error instanceof UsageError || error instanceof Refusal;
      process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = error instanceof UsageError ? 2 : 1;
    },
  );
}
