import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprint, readTrades, type TradeRow } from './csv';
import { UsageError } from './options';
import { invoicesOf, type Invoice } from './trade';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

describe('a trade file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-replay-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(content: string | Buffer, name = 'trades.csv'): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  async function rows(path: string, skipped: string[] = []): Promise<TradeRow[]> {
    const found: TradeRow[] = [];
    for await (const row of readTrades(path, (reason) => skipped.push(reason))) found.push(row);
    return found;
  }

  async function invoices(content: string, limit?: number, skipped: string[] = []): Promise<Invoice[]> {
    const found: Invoice[] = [];
    const source = readTrades(file(`${HEADER}\n${content}`));
    for await (const invoice of invoicesOf(source, limit, (reason) => skipped.push(reason))) found.push(invoice);
    return found;
  }

  it('keeps commas, quotes and line breaks inside quotes', async () => {
    const path = file(`${HEADER}\r\n1,A,"MUG, ""BLUE""\r\nLARGE",6,2010-12-01T08:26:00,2.55,17850,United Kingdom\r\n`);
    expect(await rows(path)).toEqual([
      {
        InvoiceNo: '1',
        StockCode: 'A',
        Description: 'MUG, "BLUE"\r\nLARGE',
        Quantity: '6',
        InvoiceDate: '2010-12-01T08:26:00',
        UnitPrice: '2.55',
        CustomerID: '17850',
        Country: 'United Kingdom',
      },
    ]);
  });

  it('is gzip or plain by its first bytes, whatever it is called', async () => {
    const content = `${HEADER}\n1,A,MUG,6,2010-12-01,2.55,17850,France\n`;
    expect(await rows(file(gzipSync(content), 'zipped.csv'))).toEqual(await rows(file(content, 'plain.gz')));
  });

  it('may begin with a BOM, have its columns in another order, and more of them', async () => {
    const [row] = await rows(
      file(
        '\ufeffCountry,Extra,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\nEIRE,x,7,B,,1,d,1,9\n',
      ),
    );
    expect(row).toMatchObject({ InvoiceNo: '7', StockCode: 'B', Country: 'EIRE' });
  });

  it('reads a short line as one with empty fields and a stray quote as a letter', async () => {
    const found = await rows(file(`${HEADER}\n1,A,6" PLATE,6\n`));
    expect(found).toMatchObject([{ Description: '6" PLATE', UnitPrice: '', Country: '' }]);
  });

  it('is refused with the names of missing columns', async () => {
    const reading = rows(file('InvoiceNo,StockCode\n1,2\n'));
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow('Description, Quantity');
  });

  it('that is a broken gzip is an error, not an end', async () => {
    const whole = gzipSync(`${HEADER}\n${'1,A,MUG,6,2010-12-01,2.55,17850,France\n'.repeat(5000)}`);
    await expect(rows(file(whole.subarray(0, whole.length / 2)))).rejects.toThrow();
  });

  it('has the fingerprint of its content', async () => {
    expect(await fingerprint(file('a', 'one'))).toBe(await fingerprint(file('a', 'two')));
    expect(await fingerprint(file('a', 'one'))).not.toBe(await fingerprint(file('b', 'two')));
  });

  it('groups lines to invoices; a number that comes again further down is another part', async () => {
    const found = await invoices(
      '1,A,,1,d1,1,c,GB\n1,B,,1,d1,1,c,GB\n2,A,,1,d1,1,c,GB\n1,C,,1,d2,1,c,GB\nC3,A,,-1,d2,1,c,GB\n',
    );
    expect(
      found.map(({ position, number, part, lines, reversal }) => [position, number, part, lines.length, reversal]),
    ).toEqual([
      [0, '1', 1, 2, false],
      [1, '2', 1, 1, false],
      [2, '1', 2, 1, false],
      [3, 'C3', 1, 1, true],
    ]);
  });

  it('stops after so many invoices, with the last one whole', async () => {
    const found = await invoices('1,A,,1,d,1,c,GB\n2,A,,1,d,1,c,GB\n2,B,,1,d,1,c,GB\n3,A,,1,d,1,c,GB\n', 2);
    expect(found.map(({ number, lines }) => [number, lines.length])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
  });

  it('names what is wrong with a line, and goes on', async () => {
    const skipped: string[] = [];
    const [invoice] = await invoices(
      '1,,X,1,d,1,c,GB\n1,A,X,many,d,1,c,GB\n1,A,X,1,d,,c,GB\n1,85123a,X,1,d,1,c,GB\n,A,X,1,d,1,c,GB\n',
      undefined,
      skipped,
    );
    expect(invoice?.lines.map(({ fault }) => fault)).toEqual([
      'no stock code',
      'quantity many',
      'price missing',
      undefined,
    ]);
    expect(invoice?.lines[3]?.code).toBe('85123A');
    expect(skipped).toEqual(['a line without an invoice number']);
  });
});
