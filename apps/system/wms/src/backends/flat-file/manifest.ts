import { join } from 'node:path';
import type { Connection, Manifest } from '#connections/backend';

const text = (
  description: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description,
  ...more,
});

export const manifest: Manifest = {
  product: 'flat-file',
  title: 'A warehouse that reads and writes files in a folder',
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['directory', 'node', 'partner'],
    properties: {
      directory: text('The folder both sides see (a mounted SFTP directory).'),
      outFolder: text('Below it: where we write.', { default: 'to-warehouse', pattern: '^[\\w-]+$' }),
      inFolder: text('Below it: where the warehouse writes.', { default: 'from-warehouse', pattern: '^[\\w-]+$' }),
      archiveFolder: text('Below it: where files go when they are done.', { default: 'archive', pattern: '^[\\w-]+$' }),
      partner: text('First part of every file name and id.', { pattern: '^[A-Za-z0-9-]{1,20}$' }),
      node: text('Our node that this warehouse is.'),
      warehouseCode: text('What the warehouse calls that node; the same when absent.'),
      pollSeconds: { type: 'number', minimum: 0.1, maximum: 3600, default: 30, description: 'Between two looks.' },
    },
  },
  credentials: [],
  abilities: {},
};

export interface Settings {
  readonly outFolder: string;
  readonly inFolder: string;
  readonly archiveFolder: string;
  readonly partner: string;
  readonly node: string;
  readonly warehouseCode: string;
  readonly pollSeconds: number;
}

/** Folders as absolute paths. Defaults are filled in by the connections service. */
export function settingsOf({ settings }: Connection): Settings {
  const directory = String(settings['directory']);
  const node = String(settings['node']);
  return {
    outFolder: join(directory, String(settings['outFolder'])),
    inFolder: join(directory, String(settings['inFolder'])),
    archiveFolder: join(directory, String(settings['archiveFolder'])),
    partner: String(settings['partner']),
    node,
    warehouseCode: typeof settings['warehouseCode'] === 'string' ? settings['warehouseCode'] : node,
    pollSeconds: Number(settings['pollSeconds']),
  };
}
