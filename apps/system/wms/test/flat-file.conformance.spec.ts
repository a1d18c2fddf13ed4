import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WmsFulfilmentProgressed, WmsInventoryChanged } from '#contracts/events/catalogue';
import { WMS_FULFILMENT_PROGRESSED, WMS_INVENTORY_CHANGED } from '#contracts/events/catalogue';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { ExceptionCleared, ExceptionOpened } from '#contracts/events/exceptions';
import { parseCsv } from '#canonical/csv';
import { readFile as readNative, writeFile as render } from '../src/backends/flat-file/format';
import type { OutgoingRecord } from '../src/backends/flat-file/format';
import type { FileType } from '../src/backends/flat-file/native';
import { releaseOf } from './wms.conformance';
import { eventually, World } from './world';

let world: World;
beforeAll(async () => {
  world = await World.start('flat-file');
  await world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, ({ source }) => source === 'wms/north');
});
afterAll(() => world.stop());

interface Load {
  readonly status: string;
  readonly line: number | null;
  readonly code: string | null;
  readonly missing: string | null;
  readonly records: number;
}

let files = 0;
const stock = (item: string, quantity = '1', more: object = {}): OutgoingRecord => [
  'M',
  { id: `mv-${item}`, occurredAt: '2026-11-21T09:00:00Z', fact: 'RECEIVED', item, quantity, ...more },
];
const content = (
  fileId: string,
  records: readonly OutgoingRecord[],
  more: { type?: FileType; previous?: string } = {},
): Buffer =>
  render(
    {
      ...{
        fileId,
        type: more.type ?? 'STK',
        previousFileId: more.previous ?? '',
        partner: 'P-north',
        node: 'DC-NORTH-CODE',
      },
      ...{ created: '2026-11-21T09:00:00Z', cutOff: '2026-11-21T08:59:00Z' },
    },
    records,
  );
/** Puts a file as a warehouse does, and waits until it is put away. */
async function drop(bytes: Buffer | string, name?: string): Promise<{ name: string; load: Load; ack: string }> {
  files += 1;
  const file = name ?? `P-north_STK_20261121_9${String(files).padStart(7, '0')}.csv`;
  const { rows } = await world.database.query<{ max: string }>('select coalesce(max(id), 0) as max from wms.file_load');
  const folder = world.folder('north', 'from-warehouse');
  await writeFile(join(folder, `${file}.tmp`), bytes);
  await rename(join(folder, `${file}.tmp`), join(folder, file));
  const load = await eventually(async () => {
    const found = await world.database.query<Load>(
      `select status, line, code, missing_file_id as missing, records from wms.file_load
        where name = $1 and id > $2 and archived_at is not null`,
      [file, rows[0]?.max],
    );
    return found.rows[0];
  }, `load of ${file}`);
  const answer = `${file.replace('.csv', '')}_ACK.csv`;
  const ack = await eventually(async () => {
    for (const each of ['to-warehouse', 'warehouse-archive']) {
      const path = join(world.folder('north', each), answer);
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text !== undefined) return text;
    }
    return undefined;
  }, answer);
  return { name: file, load, ack };
}
const published = async (item: string): Promise<number> =>
  (await world.events<WmsInventoryChanged>(WMS_INVENTORY_CHANGED)).filter(({ data }) =>
    data.records.some((record) => record.item === item),
  ).length;

const cleared = async (key: string): Promise<number> =>
  (await world.events<ExceptionCleared>(EXCEPTION_CLEARED)).filter(({ data }) => data.key === key).length;

describe('a file of the warehouse', () => {
  it('is loaded completely, answered, and put away unchanged', async () => {
    const bytes = content('F-1', [stock('0000123', '2.5'), stock('A "quoted", item', '3')]);
    const { name, load, ack } = await drop(bytes);
    expect(load).toMatchObject({ status: 'LOADED', records: 2, line: null });
    expect(readNative(Buffer.from(ack)).records[0]?.fields).toMatchObject({
      fileId: 'F-1',
      status: 'LOADED',
      records: '2',
    });
    expect(await readFile(join(world.folder('north', 'archive'), name))).toEqual(bytes);
    expect([await published('0000123'), await published('A "quoted", item')]).toEqual([1, 1]);
  });

  it('may begin with a byte order mark and end its lines with LF alone', async () => {
    const lf = content('F-2', [stock('LF-1')])
      .toString()
      .replaceAll('\r\n', '\n');
    const records = parseCsv(Buffer.from(lf));
    const { createHash } = await import('node:crypto');
    const head = lf.slice(0, lf.lastIndexOf('T,'));
    const sha = createHash('sha256').update(head).digest('hex');
    expect(records).toHaveLength(3);
    const { load } = await drop(`\uFEFF${head}T,1,1,${sha}\n`);
    expect(load.status).toBe('LOADED');
  });

  const good = (id: string): string => content(id, [stock(`${id}-A`, '2'), stock(`${id}-B`, '3')]).toString();
  const resealed = async (text: string): Promise<string> => {
    const { createHash } = await import('node:crypto');
    const head = text.slice(0, text.lastIndexOf('T,'));
    const [, count = '', total = ''] = text.slice(text.lastIndexOf('T,')).split(',');
    return `${head}T,${count},${total},${createHash('sha256').update(head).digest('hex')}\r\n`;
  };
  it.each<[string, (text: string) => Promise<string> | string, number, string]>([
    ['a wrong total', (text) => text.replace(/T,2,5,/, 'T,2,6,'), 4, 'QUANTITY_TOTAL_WRONG'],
    ['a wrong count', (text) => text.replace(/T,2,5,/, 'T,3,5,'), 4, 'RECORD_COUNT_WRONG'],
    ['a changed byte', (text) => text.replace('-A,', '-X,'), 4, 'CHECKSUM_WRONG'],
    ['its end cut off', (text) => text.slice(0, text.indexOf('T,2,')), 3, 'TRAILER_MISSING'],
    ['half a line at its end', (text) => text.slice(0, text.indexOf('T,2,') - 9), 3, 'TRAILER_MISSING'],
    [
      'an item number a spreadsheet has mangled',
      (text) => resealed(text.replace(/,F-m-B,/, ',6.14E+11,')),
      3,
      'NUMBER_MANGLED',
    ],
    [
      'a GTIN a spreadsheet has mangled',
      (text) => resealed(text.replace(',F-m-B,,', ',F-m-B,5.0123E+12,')),
      3,
      'NUMBER_MANGLED',
    ],
    [
      'a GTIN with a wrong check digit',
      (text) => resealed(text.replace(',F-m-B,,', ',F-m-B,5012345678901,')),
      3,
      'RECORD_INVALID',
    ],
    ['a decimal comma', (text) => resealed(text.replace(',,3,', ',,"3,0",')), 3, 'RECORD_INVALID'],
    [
      'a time without zone',
      (text) => resealed(text.replace('mv-F-m-B,2026-11-21T09:00:00Z', 'mv-F-m-B,2026-11-21T09:00:00')),
      3,
      'RECORD_INVALID',
    ],
    ['a quote that never closes', (text) => text.replace('mv-F-m-B', '"mv-F-m-B'), 3, 'CSV_MALFORMED'],
    ['a field too many', (text) => resealed(text.replace('mv-F-m-B,', 'mv-F-m-B,extra,')), 3, 'RECORD_INVALID'],
    ['another partner', (text) => resealed(text.replace('P-north', 'P-other')), 1, 'HEADER_INVALID'],
    ['nothing in it', () => '', 1, 'FILE_EMPTY'],
  ])('with %s loads nothing and says which line', async (_, spoil, line, code) => {
    const before = (await world.events(WMS_INVENTORY_CHANGED)).length;
    const { load, ack } = await drop(await spoil(good('F-m')));
    expect(load).toMatchObject({ status: 'REJECTED', line, code });
    expect(readNative(Buffer.from(ack)).records[0]?.fields).toMatchObject({
      status: 'REJECTED',
      line: String(line),
      code,
    });
    expect(await world.events(WMS_INVENTORY_CHANGED)).toHaveLength(before);
  });

  it('may come again under its id once it is corrected', async () => {
    const text = good('F-3');
    expect((await drop(text.replace(/T,2,5,/, 'T,2,6,'))).load.status).toBe('REJECTED');
    expect((await drop(text)).load.status).toBe('LOADED');
    expect(await published('F-3-A')).toBe(1);
  });

  it('is refused when its id was loaded before, whatever it is called now', async () => {
    const bytes = content('F-4', [stock('DUP-1')]);
    expect((await drop(bytes)).load.status).toBe('LOADED');
    const { load } = await drop(bytes);
    expect(load).toMatchObject({ status: 'DUPLICATE', code: 'FILE_DUPLICATE' });
    expect((await drop(content('F-4', [stock('DUP-2')]))).load).toMatchObject({
      status: 'CONFLICT',
      code: 'FILE_ID_CONFLICT',
    });
    expect([await published('DUP-1'), await published('DUP-2')]).toEqual([1, 0]);
  });

  it('is only put away when a crash came after it was loaded: it is no duplicate of itself', async () => {
    const bytes = content('F-9', [stock('CRASH-1')]);
    const { name } = await drop(bytes);
    await world.database.query(`update wms.file_load set archived_at = null where file_id = 'F-9'`);
    await writeFile(join(world.folder('north', 'from-warehouse'), name), bytes);
    const { rows } = await eventually(async () => {
      const loads = await world.database.query<{ status: string }>(
        `select status from wms.file_load where file_id = 'F-9' and archived_at is not null`,
      );
      return loads.rows.length > 0 ? loads : undefined;
    }, 'the file put away');
    expect(rows).toEqual([{ status: 'LOADED' }]);
    expect(await published('CRASH-1')).toBe(1);
  });

  it('that is refused is an exception, which ends when a file of its name is loaded', async () => {
    const text = good('F-20');
    const { name, load } = await drop(text.replace(/T,2,5,/, 'T,2,6,'));
    const key = `inbound/FILE_REJECTED/file/north/${name}`;
    const [opened] = await world.expectEvents<ExceptionOpened>(EXCEPTION_OPENED, (each) => each.key === key);
    expect(opened).toMatchObject({ tier: 'BUSINESS', diagnostics: { code: load.code, name } });
    expect(await cleared(key)).toBe(0);
    await drop(text, name);
    await world.expectEvents<ExceptionCleared>(EXCEPTION_CLEARED, (each) => each.key === key);
    await drop(content('F-20', [stock('OTHER-20')]));
    const conflict = 'inbound/FILE_ID_CONFLICT/file/north/F-20';
    await world.expectEvents<ExceptionOpened>(EXCEPTION_OPENED, (each) => each.key === conflict);
  });

  it('that is missing is an exception, which ends when it is loaded', async () => {
    await drop(content('F-32', [stock('MISS-2')], { previous: 'F-31' }));
    const key = 'inbound/PREVIOUS_FILE_MISSING/file/north/F-31';
    await world.expectEvents<ExceptionOpened>(EXCEPTION_OPENED, (each) => each.key === key);
    expect(await cleared(key)).toBe(0);
    await drop(content('F-31', [stock('MISS-1')]));
    await world.expectEvents<ExceptionCleared>(EXCEPTION_CLEARED, (each) => each.key === key);
  });

  it('after a missing one is loaded, and the gap is told', async () => {
    const { load, ack } = await drop(content('F-6', [stock('GAP-1')], { previous: 'F-5' }));
    expect(load).toMatchObject({ status: 'LOADED', missing: 'F-5', code: 'PREVIOUS_FILE_MISSING' });
    expect(ack).toContain('F-5');
    expect(await published('GAP-1')).toBe(1);
    expect((await drop(content('F-7', [stock('GAP-2')], { previous: 'F-6' }))).load).toMatchObject({
      status: 'LOADED',
      missing: null,
    });
  });

  it('of 3,700 items is a snapshot as of its cut-off', async () => {
    const records = Array.from({ length: 3700 }, (_, index): OutgoingRecord => [
      'I',
      { item: `S-${index}`, quantity: '10' },
    ]);
    const { load } = await drop(content('F-8', records, { type: 'SNP' }));
    expect(load).toMatchObject({ status: 'LOADED', records: 3700 });
    const fits = ({ records: each }: WmsInventoryChanged): boolean => each[0]?.id.startsWith('F-8#') ?? false;
    const told = await world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, fits, 4);
    expect(told.flatMap((each) => each.records)).toHaveLength(3700);
    expect(told[0]?.records[0]).toMatchObject({ fact: 'SNAPSHOT', occurredAt: '2026-11-21T08:59:00Z' });
  });
});

describe('a file for the warehouse', () => {
  const written = async (): Promise<string[]> => {
    const names = await Promise.all(
      ['to-warehouse', 'warehouse-archive'].map((each) => readdir(world.folder('north', each)).catch(() => [])),
    );
    return names.flat().filter((name) => name.includes('_REL_'));
  };

  it('is written again when a crash came between recording and writing it, under the same name', async () => {
    const release = releaseOf('north');
    await world.wms.release(release);
    const before = await written();
    await world.database.query(`update wms.file_out set written_at = null`);
    await world.database.query(`update wms.posting set state = 'OPEN', result = null, document_number = null, leased_until = null
                                 where business_key = $1`, [release.fulfilmentOrder]); // prettier-ignore
    expect((await world.wms.release(release)).outcome).toBe('existing');
    expect([...new Set(await written())].sort()).toEqual([...new Set(before)].sort());
    const shippedOnce = async (): Promise<true | undefined> =>
      (await world.counts('north'))['shipped'] === (await world.counts('north'))['fulfilmentOrders'] ? true : undefined;
    await eventually(shippedOnce, 'one shipment per order');
  });

  it('carries many releases that are asked for together, in one unbroken chain of files', async () => {
    const before = (await written()).length;
    await Promise.all(Array.from({ length: 40 }, () => world.wms.release(releaseOf('north'))));
    expect((await written()).length - before).toBeLessThan(20);
    const { rows } = await world.database.query<{ content: Buffer }>(
      `select content from wms.file_out where connection = 'north' order by file_id`,
    );
    const headers = rows.map((row) => readNative(row.content).header);
    expect(headers.slice(1).map(({ previousFileId }) => previousFileId)).toEqual(
      headers.slice(0, -1).map(({ fileId }) => fileId),
    );
  });

  it('is in the archive as it was written, without the person it goes to', async () => {
    const release = releaseOf('north');
    const { reference } = await world.wms.release(release);
    const { rows } = await world.database.query<{ operation: string; request: string }>(
      `select operation, request from messaging.outbound where connection = 'north' and request like $1`,
      [`%${String(reference)}%${release.fulfilmentOrder}%`],
    );
    expect(rows).toMatchObject([{ operation: expect.stringMatching(/^FILE .*_REL_.*csv$/) as string }]);
    expect(rows[0]?.request).toContain(release.lines[0]?.item);
    expect(rows[0]?.request).not.toContain(release.shipTo.street);
    expect(rows[0]?.request).toContain(release.shipTo.postalCode);
  });

  it('that the warehouse rejects makes its orders rejected', async () => {
    await world.database.query(
      `update sandbox.wms_installation set directory = '/nonexistent' where installation = 'south'`,
    );
    const release = releaseOf('south');
    const { reference = '' } = await world.wms.release(release);
    const answer = render(
      {
        ...{ fileId: 'ACK-x', type: 'ACK', previousFileId: '', partner: 'P-south', node: 'DC-SOUTH-CODE' },
        ...{ created: '2026-11-21T09:00:00Z', cutOff: '2026-11-21T09:00:00Z' },
      },
      [['A', { fileId: reference, status: 'REJECTED', records: '0', line: '2', code: 'BAD', message: 'cannot read' }]],
    );
    await writeFile(join(world.folder('south', 'from-warehouse'), 'whatever_ACK.csv'), answer);
    const mine = ({ fulfilmentOrder }: WmsFulfilmentProgressed): boolean => fulfilmentOrder === release.fulfilmentOrder;
    const [rejected] = await world.expectEvents<WmsFulfilmentProgressed>(WMS_FULFILMENT_PROGRESSED, mine);
    expect(rejected).toMatchObject({ status: 'REJECTED', detail: expect.stringContaining('cannot read') });
  });
});
