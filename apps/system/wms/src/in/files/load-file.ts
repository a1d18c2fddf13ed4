import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Inbox } from '#messaging/inbox';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { crashPoint } from '#persistence/crash-point';
import type { Transaction } from '#persistence/database';
import { Log } from '#service/logging';
import * as outgoing from '../../out/file-out.store';
import * as store from '../../out/file-load.store';
import type { FileAnswer, FilePort, InboundFile, ParsedFile, WmsFact } from '../../wms.port';
import { eventsOf, sourceOf } from '../messages/publish';
import { fileContradicted, fileLoaded, fileMissing, fileRejected } from './file-troubles';

type Outcome = FileAnswer & { readonly type: string };

/**
 * One file of a warehouse, completely or not at all: archived as it came, its facts published and its load recorded in one
 * transaction; then answered, then put away. A crash in between is made good at the next look. A file id is loaded once for
 * ever. A file whose predecessor is missing is loaded all the same, because its facts carry their own time and order; the gap
 * is recorded, told to the warehouse and raised as an exception, as is a file that is refused.
 */
@Injectable()
export class LoadFile {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  async load(connection: string, files: FilePort, file: InboundFile): Promise<FileAnswer> {
    const sha256 = createHash('sha256').update(file.content).digest('hex');
    const before = await store.open(this.database, connection, file.name, sha256);
    const outcome = before ?? (await this.loadOnce(connection, files, file, sha256));
    crashPoint('file.loaded');
    // Answering an answer would never end.
    if (outcome.type !== 'ACK') await files.acknowledge(file, outcome);
    crashPoint('file.answered');
    await files.archive(file);
    crashPoint('file.archived');
    await store.close(this.database, connection, file.name);
    return outcome;
  }

  private async loadOnce(connection: string, files: FilePort, file: InboundFile, sha256: string): Promise<Outcome> {
    let parsed: ParsedFile;
    try {
      parsed = files.parse(file);
    } catch (error) {
      if (!(error instanceof CrossdockError) || error.kind !== 'invalid') throw error;
      return this.reject(connection, file, sha256, error);
    }
    const outcome = await this.database.transaction((tx) => this.accept(tx, connection, file, sha256, parsed));
    if (outcome.code !== undefined) this.log.warn({ connection, file: file.name, ...outcome }, 'trouble with a file');
    return outcome;
  }

  private async accept(
    tx: Transaction,
    connection: string,
    file: InboundFile,
    sha256: string,
    parsed: ParsedFile,
  ): Promise<Outcome> {
    const { fileId, previousFileId, type, records } = parsed;
    const receipt = await this.inbox.receive(tx, messageOf(connection, fileId, file));
    const missing = await this.missing(tx, connection, parsed);
    const outcome: Outcome = { fileId, type, records, ...verdict(receipt.outcome, fileId, missing) };
    await store.record(tx, {
      ...{ ...outcome, connection, previousFileId, name: file.name, sha256, inboundId: receipt.id },
      missingFileId: outcome.status === 'LOADED' ? missing : undefined,
    });
    const troubled = { connection, name: file.name, message: receipt.id };
    if (outcome.status === 'CONFLICT') await this.outbox.publish(tx, [fileContradicted(troubled, outcome)]);
    if (outcome.status !== 'LOADED') return outcome;
    const before = await store.troubled(tx, connection, file.name, fileId);
    await this.outbox.publish(tx, [
      ...fileLoaded(troubled, fileId, before),
      ...(missing === undefined ? [] : [fileMissing(troubled, missing)]),
    ]);
    const facts = [...parsed.facts, ...(await this.consequences(tx, connection, parsed))];
    await this.outbox.publish(tx, eventsOf(facts, { connection, message: receipt.id }));
    return outcome;
  }

  private async reject(connection: string, file: InboundFile, sha256: string, error: CrossdockError): Promise<Outcome> {
    const line = typeof error.details['line'] === 'number' ? error.details['line'] : undefined;
    const outcome: Outcome = {
      ...{ fileId: file.name.slice(0, 60), type: 'unreadable', status: 'REJECTED', records: 0, code: error.code },
      message: error.message,
      ...(line !== undefined && { line }),
    };
    await this.database.transaction(async (tx) => {
      // Not under its own file id: the warehouse may send that id again, corrected.
      const receipt = await this.inbox.receive(tx, messageOf(connection, `rejected:${sha256}`, file));
      await store.record(tx, {
        ...outcome,
        connection,
        previousFileId: '',
        name: file.name,
        sha256,
        inboundId: receipt.id,
      });
      const troubled = { connection, name: file.name, message: receipt.id };
      await this.outbox.publish(tx, [fileRejected(troubled, outcome)]);
    });
    this.log.warn({ connection, file: file.name, line, code: error.code }, `file rejected: ${error.message}`);
    return outcome;
  }

  private async missing(tx: Transaction, connection: string, parsed: ParsedFile): Promise<string | undefined> {
    const { previousFileId, type } = parsed;
    if (type === 'ACK' || previousFileId === '') return undefined;
    return (await store.loaded(tx, connection, previousFileId)) ? undefined : previousFileId;
  }

  /** A file of ours that the warehouse could not read: none of its orders will be worked on. */
  private async consequences(tx: Transaction, connection: string, parsed: ParsedFile): Promise<WmsFact[]> {
    const facts: WmsFact[] = [];
    for (const { fileId, status, code, message } of parsed.answers) {
      const detail = [code, message].filter((text) => text !== undefined).join(': ');
      const first = await outgoing.answered(tx, { connection, fileId, status, detail });
      if (!first || status !== 'REJECTED') continue;
      const occurredAt = new Date().toISOString();
      for (const { fulfilmentOrder, type } of await outgoing.ordersOf(tx, connection, fileId)) {
        if (type !== 'REL') continue;
        const { node } = parsed;
        const rejected = { connection, fulfilmentOrder, node, status: 'REJECTED' as const, occurredAt };
        facts.push({
          kind: 'progressed',
          data: { ...rejected, detail: `file ${fileId} rejected: ${detail}`.slice(0, 500) },
        });
      }
    }
    return facts;
  }
}

function verdict(
  receipt: 'new' | 'duplicate' | 'conflict',
  fileId: string,
  missing: string | undefined,
): Pick<FileAnswer, 'status' | 'code' | 'message'> {
  if (receipt === 'duplicate') {
    return {
      status: 'DUPLICATE',
      code: 'FILE_DUPLICATE',
      message: `file id ${fileId} was loaded before; nothing was loaded`,
    };
  }
  if (receipt === 'conflict') {
    const message = `file id ${fileId} was loaded before with other content; nothing was loaded`;
    return { status: 'CONFLICT', code: 'FILE_ID_CONFLICT', message };
  }
  if (missing === undefined) return { status: 'LOADED' };
  const message = `loaded, but the file before it, ${missing}, has not been loaded`;
  return { status: 'LOADED', code: 'PREVIOUS_FILE_MISSING', message };
}

function messageOf(connection: string, messageId: string, file: InboundFile): Parameters<Inbox['receive']>[1] {
  return {
    source: sourceOf(connection),
    messageId,
    contentType: 'text/csv',
    body: file.content,
    headers: { 'file-name': file.name },
  };
}
