import { Logger } from '@nestjs/common';
import * as pg from 'pg';
import type { DataSourceOptions, EntitySchema } from 'typeorm';
import { startsAs } from './roles';

export interface DatabaseOptions {
  /** `postgresql://…`, a unix socket as `postgresql:///db?host=/directory&user=postgres`. */
  readonly url: string;
  /** Connections at most; default 10. */
  readonly poolSize?: number;
  readonly applicationName?: string;
  readonly entities?: readonly (new () => object)[] | readonly EntitySchema[];
}

const dateOid = 1082;

/** Numeric and int8 arrive as strings, json as objects, timestamptz as Date, date as `YYYY-MM-DD`. */
const types = new pg.TypeOverrides();
types.setTypeParser(dateOid, (value: string) => value);

/** A client killed while checked out emits `error`; without a listener that would end the whole process. */
export class GuardedPool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}

/** The options every connection of ours shares, so that listeners outside the pool read values the same way. As the login itself without a role. */
export function clientConfig(url: string, applicationName: string, role?: string): pg.ClientConfig {
  const config: pg.ClientConfig = { connectionString: url, application_name: applicationName, types, keepAlive: true };
  if (role !== undefined) config.options = startsAs(role);
  return config;
}

/** Connections are of the login itself, who owns the tables, unless they start as a role. */
export function dataSourceOptions(
  options: DatabaseOptions,
  more: Partial<DataSourceOptions> = {},
  role?: string,
): DataSourceOptions {
  const log = new Logger('database');
  return {
    type: 'postgres',
    url: options.url,
    poolSize: options.poolSize ?? 10,
    applicationName: options.applicationName ?? 'crossdock',
    connectTimeoutMS: 10_000,
    entities: [...(options.entities ?? [])],
    installExtensions: false,
    driver: { ...pg, Pool: GuardedPool },
    poolErrorHandler: (error: Error) => log.warn(`connection lost: ${error.message}`),
    extra: { types, keepAlive: true, pipeline: true, ...(role !== undefined && { options: startsAs(role) }) },
    ...more,
  } as DataSourceOptions;
}
