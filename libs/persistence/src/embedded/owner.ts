import { readFile, rm, writeFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './error';
import { isAlive, startTimeOf } from './processes';

interface Owner {
  readonly pid: number;
  readonly startTime?: string;
}

/** One process owns a data directory. A living owner is a refusal, a dead one is taken over. */
export async function takeOwnership(file: string, dataDirectory: string): Promise<void> {
  const owner: Owner = { pid: process.pid, startTime: startTimeOf(process.pid) };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      await writeFile(file, JSON.stringify(owner), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const current = await readOwner(file);
    if (current && isSameLivingProcess(current)) {
      throw new EmbeddedPostgresError(
        `Crossdock already runs on ${dataDirectory} (process ${current.pid}). ` +
          `Stop it, or set CROSSDOCK_DATA to another directory for a second one.`,
      );
    }
    await rm(file, { force: true });
  }
  throw new EmbeddedPostgresError(`Several processes start on ${dataDirectory} at once; set CROSSDOCK_DATA for each.`);
}

export async function giveUpOwnership(file: string): Promise<void> {
  const current = await readOwner(file);
  if (current?.pid === process.pid) await rm(file, { force: true });
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function isSameLivingProcess(owner: Owner): boolean {
  if (!isAlive(owner.pid)) return false;
  return owner.startTime === undefined || owner.startTime === startTimeOf(owner.pid);
}
