import { constants } from 'node:fs';
import { access, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossdockError } from '#canonical/errors';
import type { InboundFile } from '../../wms.port';

const CSV_NAME = /^[\w.-]+\.csv$/i;

/**
 * Writes a file so that a reader sees all of it or nothing: as `.tmp`, flushed, then renamed. Writing the same again is harmless.
 * Errors: BACKEND_UNAVAILABLE (the folder cannot be written; safe to repeat).
 */
export async function writeWhole(folder: string, name: string, content: Buffer): Promise<void> {
  const temporary = join(folder, `${name}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } catch (cause) {
    throw unavailable(folder, cause);
  }
}

/** Finished files in the order of their numbers, whatever their types; hidden ones and those being written (`.tmp`) are not seen. */
export async function listFiles(folder: string, limit: number): Promise<InboundFile[]> {
  try {
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter((name) => CSV_NAME.test(name) && !name.startsWith('.'));
    names.sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1));
    return await Promise.all(
      names.slice(0, limit).map(async (name) => ({ name, content: await readFile(join(folder, name)) })),
    );
  } catch (cause) {
    throw unavailable(folder, cause);
  }
}

/** Moves without ever overwriting: a name that is taken gets a number. Gone already is done already. */
export async function moveAside(folder: string, name: string, archive: string): Promise<void> {
  const from = join(folder, name);
  try {
    await mkdir(archive, { recursive: true });
    for (let copy = 0; ; copy += 1) {
      // A hard link fails when the name is taken; a rename would replace it.
      const linked = await link(from, join(archive, copy === 0 ? name : `${name}.${copy}`)).then(
        () => 'yes' as const,
        (error: unknown) => codeOf(error),
      );
      if (linked === 'EEXIST') continue;
      if (linked === 'ENOENT') return;
      if (linked !== 'yes') throw new Error(`${from} cannot be linked: ${linked}`);
      await rm(from, { force: true });
      return;
    }
  } catch (cause) {
    throw unavailable(archive, cause);
  }
}

export async function checkFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.R_OK | constants.W_OK);
}

/** `{partner}_{type}_{yyyymmdd}_{seq}.csv` sorts by its last two parts; anything else comes after, by name. */
function numberOf(name: string): string {
  const [, day, sequence] = /_(\d{8})_(\d+)\.csv$/i.exec(name) ?? [];
  return day === undefined || sequence === undefined ? `~${name}` : `${day}${sequence.padStart(20, '0')}${name}`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

function unavailable(folder: string, cause: unknown): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_UNAVAILABLE',
    kind: 'unavailable',
    message: `the folder ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
}
