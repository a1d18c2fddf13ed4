import { defineApi } from '../api';
import {
  EndMappingRequest,
  ImportMappingsRequest,
  ListMappingsQuery,
  type MappingDto,
  type MappingPage,
  type MappingReport,
  PutMappingsRequest,
  type SourcesOfTruth,
  SourcesOfTruthQuery,
} from './mappings.dto';

/** How partners, standards and connections call our things, by day. One owner: no adapter keeps a table of its own. */
export abstract class MappingsApi {
  /** Creates or replaces by key. A wrong row is rejected alone. What waits for a new code is told of it. */
  abstract putMappings(request: PutMappingsRequest): Promise<MappingReport>;
  /** The same from a CSV file. Errors: CSV_MALFORMED, MAPPING_FILE_INVALID (invalid): then nothing was read. */
  abstract importMappings(request: ImportMappingsRequest): Promise<MappingReport>;
  /** Ends what holds on that day. Errors: MAPPING_UNKNOWN (not-found), DATE_INVALID (invalid). */
  abstract endMapping(request: EndMappingRequest): Promise<MappingDto>;
  /** By kind, system, code, item and first day. Errors: CURSOR_INVALID. */
  abstract listMappings(query: ListMappingsQuery): Promise<MappingPage>;
  /** Who owns which fact. */
  abstract sourcesOfTruth(query: SourcesOfTruthQuery): Promise<SourcesOfTruth>;
}

export const mappingsContract = defineApi<MappingsApi>({
  token: MappingsApi,
  document: 'process/reference.v1',
  name: 'mappings',
  routes: {
    putMappings: { verb: 'PUT', path: '/v1/mappings', input: PutMappingsRequest },
    importMappings: { verb: 'POST', path: '/v1/mappings/import', input: ImportMappingsRequest },
    endMapping: { verb: 'POST', path: '/v1/mappings/end', input: EndMappingRequest },
    listMappings: { verb: 'GET', path: '/v1/mappings', input: ListMappingsQuery },
    sourcesOfTruth: { verb: 'GET', path: '/v1/sources-of-truth', input: SourcesOfTruthQuery },
  },
});
