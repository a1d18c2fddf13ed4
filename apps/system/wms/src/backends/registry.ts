import type { Database } from '#persistence/database';
import type { WmsBackend } from '../wms.port';
import { flatFile } from './flat-file/adapter';
import { genericRest } from './generic-rest/adapter';

/** Every warehouse product we can talk to: one line each. */
export function wmsBackends(database: Database): readonly WmsBackend[] {
  return [genericRest, flatFile(database)];
}
