import { reconcile } from './reconcile';
import type { NumberedDocument } from './reconcile';

const book = (documents: readonly NumberedDocument[]) => (after: string, limit: number) =>
  Promise.resolve(documents.filter(({ businessKey }) => businessKey > after).slice(0, limit));
const document = (businessKey: string, documentNumber = `N-${businessKey}`) => ({ businessKey, documentNumber });
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => document(`k${String(index).padStart(6, '0')}`));

describe('the ledger compared with the books of a backend', () => {
  it('the same documents are equal, also over many pages', async () => {
    const documents = numbered(1700);
    const result = await reconcile(book(documents), book(documents));
    expect(result).toEqual({ posted: 1700, found: 1700, equal: 1700, differences: [], more: false });
  });

  it('each difference has its name', async () => {
    const ledger = [document('a'), document('b'), document('d'), document('e')];
    const books = [document('a'), document('b', 'OTHER'), document('c'), document('e'), document('e', 'N-again')];
    expect(await reconcile(book(ledger), book(books))).toEqual({
      ...{ posted: 4, found: 5, equal: 1, more: false },
      differences: [
        { difference: 'DIFFERENT', businessKey: 'b', posted: 'N-b', found: ['OTHER'] },
        { difference: 'UNEXPECTED', businessKey: 'c', found: ['N-c'] },
        { difference: 'MISSING', businessKey: 'd', posted: 'N-d' },
        { difference: 'REPEATED', businessKey: 'e', posted: 'N-e', found: ['N-e', 'N-again'] },
      ],
    });
  });

  it('a document that is there twice is noticed where a page ends between the two', async () => {
    const ledger = numbered(600);
    const twice = { ...ledger[499]!, documentNumber: 'twice' };
    const books = [...ledger.slice(0, 500), twice, ...ledger.slice(500)];
    const { differences, equal } = await reconcile(book(ledger), book(books));
    expect(differences).toMatchObject([{ difference: 'REPEATED', businessKey: twice.businessKey }]);
    expect(equal).toBe(599);
  });

  it('of very many differences the first are shown, and that there are more', async () => {
    const { differences, more, posted } = await reconcile(book(numbered(800)), book([]));
    expect([differences.length, more, posted]).toEqual([500, true, 800]);
  });
});
