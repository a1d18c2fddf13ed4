import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { MappingsApi } from '#contracts/reference/mappings.api';
import type {
  EndMappingRequest,
  ImportMappingsRequest,
  ListMappingsQuery,
  MappingDto,
  MappingPage,
  MappingReport,
  MappingResult,
  PutMappingsRequest,
  SourcesOfTruth,
} from '#contracts/reference/mappings.dto';
import { Database, type Transaction } from '#persistence/database';
import { mappingFault, mappingId } from './map-codes/check-mapping';
import { readCsv, type FileRow } from './map-codes/read-csv';
import { SOURCES_OF_TRUTH } from './map-codes/sources-of-truth';
import { TellMappings } from './map-codes/tell-mappings';
import * as store from './out/mapping.store';
import { isDay } from './put-records/check-records';

/** Ends a transaction that was only to show what it would do. */
class Preview extends Error {
  constructor(readonly results: MappingResult[]) {
    super('preview');
  }
}

/** The one owner of cross-references. */
@Injectable()
export class MappingsService extends MappingsApi {
  constructor(
    private readonly database: Database,
    private readonly told: TellMappings,
  ) {
    super();
  }

  async putMappings({ mappings, preview }: PutMappingsRequest): Promise<MappingReport> {
    const rows = mappings.map((mapping, index) => ({ row: index + 1, mapping }));
    return this.report(rows, preview === true);
  }

  async importMappings({ csv, preview }: ImportMappingsRequest): Promise<MappingReport> {
    return this.report(readCsv(csv), preview === true);
  }

  async endMapping({ lastDay, ...key }: EndMappingRequest): Promise<MappingDto> {
    if (!isDay(lastDay)) {
      const message = `${lastDay} is no day of the calendar`;
      throw new CrossdockError({ code: 'DATE_INVALID', kind: 'invalid', message });
    }
    const ended = await this.database.transaction((tx) => store.endMapping(tx, key, lastDay));
    if (ended) return ended;
    const message = `no ${key.kind} ${key.external} of ${key.system} holds on ${lastDay}`;
    throw new CrossdockError({ code: 'MAPPING_UNKNOWN', kind: 'not-found', message });
  }

  async listMappings(query: ListMappingsQuery): Promise<MappingPage> {
    const { cursor, limit = 50, ...filters } = query;
    const after = decodeCursor(cursor, ['text', 'text', 'text', 'text', 'day'], 'mappings', filters);
    const found = await store.pageOfMappings(this.database, query, after, limit + 1);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    if (found.length <= limit || !last) return { mappings: page };
    const key = [last.kind, last.system, last.external, last.item ?? '', last.validFrom];
    return { mappings: page, next: encodeCursor(key, 'mappings', filters) };
  }

  async sourcesOfTruth(): Promise<SourcesOfTruth> {
    return Promise.resolve({ sources: [...SOURCES_OF_TRUTH] });
  }

  /** A preview does the same work and takes it back: it says exactly what would happen. */
  private async report(rows: readonly FileRow[], preview: boolean): Promise<MappingReport> {
    const results = await this.database
      .transaction(async (tx) => {
        const stored = await this.store(tx, rows);
        if (preview) throw new Preview(stored);
        return stored;
      })
      .catch((error: unknown) => {
        if (error instanceof Preview) return error.results;
        throw error;
      });
    const count = (outcome: MappingResult['outcome']): number =>
      results.filter((result) => result.outcome === outcome).length;
    return {
      preview,
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      rejected: count('rejected'),
      results,
    };
  }

  private async store(tx: Transaction, rows: readonly FileRow[]): Promise<MappingResult[]> {
    const wellFormed = rows.flatMap((each) => ('mapping' in each ? [each.mapping] : []));
    const targets = await store.targetFaults(tx, wellFormed);
    const seen = new Set<string>();
    const judged = rows.map((each) => {
      if ('fault' in each) return each;
      const id = mappingId(each.mapping);
      const twice = seen.has(id) ? 'twice in this request' : undefined;
      seen.add(id);
      const fault = twice ?? mappingFault(each.mapping) ?? targets.get(id);
      return fault === undefined ? each : { row: each.row, id, fault };
    });
    const good = judged.flatMap((each) => ('mapping' in each ? [each.mapping] : []));
    const outcomes = new Map((await store.putMappings(tx, good)).map((result) => [result.id, result.outcome]));
    await this.told.put(
      tx,
      good.filter((mapping) => outcomes.get(mappingId(mapping)) !== 'unchanged'),
    );
    return judged.map((each): MappingResult => {
      if ('fault' in each) return { row: each.row, id: each.id, outcome: 'rejected', detail: each.fault };
      const id = mappingId(each.mapping);
      return { row: each.row, id, outcome: outcomes.get(id) ?? 'unchanged' };
    });
  }
}
