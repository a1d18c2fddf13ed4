import { exceptionCleared, exceptionOpened, type ExceptionIdentity } from '#contracts/events/exceptions';
import type { NewEvent } from '#messaging/outbox';
import type { FileAnswer } from '../../wms.port';

const SOURCE = 'system/wms';

/** A file as it lay in the folder. */
export interface TroubledFile {
  readonly connection: string;
  readonly name: string;
  /** Of the archive. */
  readonly message: string;
}

/** Nothing of it was loaded. It ends by itself when a file of this name is loaded. */
export function fileRejected(file: TroubledFile, { code, line, message = '' }: FileAnswer): NewEvent {
  return opened(
    rejection(file),
    `file ${file.name} of ${file.connection} was rejected: ${message}`,
    { ...file, code, ...(line === undefined ? {} : { line }) },
    'Have the warehouse mend the file and send it again: under the same name this ends by itself, else resolve by hand',
  );
}

/** Its id was loaded before with other content: the first one counts. */
export function fileContradicted(file: TroubledFile, { fileId }: FileAnswer): NewEvent {
  const identity = { ...INBOUND, code: 'FILE_ID_CONFLICT', object: objectOf(file.connection, fileId) };
  return opened(
    identity,
    `file ${file.name} of ${file.connection} has the id ${fileId} of another file that was loaded before`,
    { ...file, fileId },
    'Ask the warehouse which file is right; the first one counts. Resolve by hand',
  );
}

/** The file that it names as the one before it has not come. It ends by itself when that one is loaded. */
export function fileMissing(file: TroubledFile, missing: string): NewEvent {
  return opened(
    gap(file.connection, missing),
    `file ${missing} of ${file.connection} is missing: ${file.name}, which follows it, was loaded`,
    { ...file, missing },
    'Have the warehouse send the missing file again',
  );
}

/** Whatever of this file's name or id was in trouble is over. */
export function fileLoaded(
  file: TroubledFile,
  fileId: string,
  was: { readonly rejected: boolean; readonly missed: boolean },
): NewEvent[] {
  return [
    ...(was.rejected ? [exceptionCleared(SOURCE, rejection(file), 'a file of this name was loaded')] : []),
    ...(was.missed ? [exceptionCleared(SOURCE, gap(file.connection, fileId), 'the missing file was loaded')] : []),
  ];
}

const INBOUND = { domain: 'inbound' } as const;

function rejection({ connection, name }: TroubledFile): ExceptionIdentity {
  return { ...INBOUND, code: 'FILE_REJECTED', object: objectOf(connection, name) };
}

function gap(connection: string, fileId: string): ExceptionIdentity {
  return { ...INBOUND, code: 'PREVIOUS_FILE_MISSING', object: objectOf(connection, fileId) };
}

function objectOf(connection: string, id: string): ExceptionIdentity['object'] {
  return { type: 'file', id: `${connection}/${id}` };
}

function opened(
  identity: ExceptionIdentity,
  cause: string,
  diagnostics: Record<string, unknown>,
  suggestedAction: string,
): NewEvent {
  return exceptionOpened(SOURCE, { ...identity, tier: 'BUSINESS', cause, diagnostics, suggestedAction });
}
