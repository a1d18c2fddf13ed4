import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import type { SourceRuleDto } from '#contracts/availability/source-rules.dto';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';
import { inDays } from './reference-case';

describe('which source speaks for a node', () => {
  let app: TestAvailability;
  beforeAll(async () => (app = await testAvailability()));
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  const rule = (node: string, source: string, more: Partial<SourceRuleDto> = {}) => ({ node, source, ...more });
  const newNode = (): string => {
    const id = uniqueId('NODE');
    app.nodes.push({ id, priority: 1, active: true });
    return id;
  };
  const post = async (source: string, ...records: InventoryRecordDto[]) =>
    (await app.availability.postInventory({ source, records })).results.map(({ outcome, code }) => code ?? outcome);

  describe('a fact that a rule names is stated by those whose rules name it', () => {
    test('others are refused there and nowhere else, and what they said is kept', async () => {
      const [node, elsewhere] = [newNode(), newNode()];
      const item = uniqueId('OWNED');
      const source = uniqueId('3pl/other');
      await app.ledger.putSourceRules({ rules: [rule(node, 'wms/own', { facts: ['RECEIVED', 'COUNTED'] })] });
      const [here, there] = [node, elsewhere].map((id) => fact({ item, node: id, fact: 'RECEIVED', quantity: '5' }));
      const damaged = fact({ item, node, fact: 'DAMAGED', quantity: '1' });
      expect(await post('wms/own', fact({ item, node, fact: 'RECEIVED', quantity: '9' }))).toEqual(['applied']);
      expect(await post(source, here!, there!, damaged)).toEqual(['AUTHORITY_ELSEWHERE', 'applied', 'applied']);
      expect(await post(source, here!)).toEqual(['AUTHORITY_ELSEWHERE']);
      const { facts } = await app.ledger.refusedFacts({ source });
      expect(facts).toMatchObject([{ record: here!.id, node, fact: 'RECEIVED', quantity: '5', code: 'AUTHORITY_ELSEWHERE' }]); // prettier-ignore
      const { nodes } = await app.availability.timeline({ item, node });
      expect(nodes[0]?.position).toMatchObject({ onHand: '9', damaged: '1' });
    });

    test('a source without any authority is refused by its kind, and kept too; a rule that is removed binds nobody', async () => {
      const [node, item] = [newNode(), uniqueId('OWNED')];
      await app.ledger.putSourceRules({ rules: [rule(node, 'wms/own', { facts: ['RECEIVED'] })] });
      const record = () => fact({ item, node, fact: 'RECEIVED', quantity: '5' });
      await app.ledger.putSourceRules({ rules: [rule(node, 'wms/own')] });
      expect((await app.ledger.sourceRules({ node })).rules).toEqual([]);
      expect(await post('wms/another', record())).toEqual(['applied']);
      const listed = record();
      expect(await post('channel/web', listed)).toEqual(['AUTHORITY_MISSING']);
      const { facts, next } = await app.ledger.refusedFacts({ limit: 1 });
      expect(facts).toMatchObject([{ source: 'channel/web', record: listed.id, code: 'AUTHORITY_MISSING' }]);
      expect((await app.ledger.refusedFacts({ cursor: next ?? '', limit: 500 })).facts.length).toBeGreaterThan(0);
    });

    test.each([
      ['what its kind may state nowhere', { source: 'erp/main', facts: ['RECEIVED'] }, 'AUTHORITY_IMPOSSIBLE'],
      ['an age without a consequence', { maxAgeSeconds: 60 }, 'FRESHNESS_INCOMPLETE'],
      ['a consequence without an age', { whenStale: 'HOLD' }, 'FRESHNESS_INCOMPLETE'],
      ['FLOOR without a share', { maxAgeSeconds: 60, whenStale: 'FLOOR' }, 'FLOOR_SHARE_MISMATCH'],
      ['HOLD with a share', { maxAgeSeconds: 60, whenStale: 'HOLD', floorShare: '0.5' }, 'FLOOR_SHARE_MISMATCH'],
    ] as [string, Partial<SourceRuleDto>, string][])('a rule is refused: %s', async (_, more, code) => {
      const put = app.ledger.putSourceRules({ rules: [rule('X', 'wms/own', more)] });
      await expect(put).rejects.toMatchObject({ code: 'POLICY_INVALID', findings: [{ code }] });
    });
  });

  describe('a source that was not heard of for longer than its rule allows', () => {
    /** 100 usable of which 15 are safety stock, 20 promised, and 30 to come tomorrow; its source was last heard of an hour ago. */
    async function stale(more: Partial<SourceRuleDto>) {
      const [node, item, source] = [newNode(), uniqueId('OLD'), uniqueId('wms/silent')];
      await post(source, fact({ item, node, fact: 'RECEIVED', quantity: '100' }));
      await app.availability.putSafetyStock({ levels: [{ item, node, quantity: '15' }] });
      await app.availability.putSupplies({
        supplies: [{ id: `${item}-PO`, kind: 'PURCHASE_ORDER', item, node, quantity: '30', availableOn: inDays(1) }],
      });
      await app.availability.reserve(reservation(item, '20'));
      await app.ledger.putSourceRules({ rules: [rule(node, source, { maxAgeSeconds: 1800, ...more })] });
      const silence = (seconds: number) =>
        app.database.query(`update availability.source_watermark set heard_at = now() - make_interval(secs => $2) where source = $1`, [source, seconds]); // prettier-ignore
      await silence(3600);
      // The rules are read again.
      await app.ledger.putSourceRules({ rules: [rule(node, source, { maxAgeSeconds: 1800, ...more })] });
      const ask = async (days: number) =>
        app.availability.query({
          lines: [{ item, quantity: '200', requestedDate: inDays(days), node }],
          explain: true,
        });
      const now = async () => (await ask(0)).lines[0];
      return { node, item, source, ask, now };
    }

    test('HOLD: nothing is promised there, and the answer says why; who has a promise keeps it', async () => {
      const { node, item, source, ask, now } = await stale({ whenStale: 'HOLD' });
      const answer = await ask(2);
      expect(answer.stale).toContainEqual({ node, source, policy: 'HOLD', heardAt: expect.any(String) as string });
      expect(answer.lines[0]).toMatchObject({ availableToPromise: '0', slices: [] });
      expect(answer.lines[0]?.shortfalls).toContainEqual({ quantity: '95', reason: 'STALE_SOURCE' });
      expect(answer.lines[0]?.explain?.[0]?.stale).toMatchObject([{ node, policy: 'HOLD' }]);
      const refused = app.availability.reserve(reservation(item, '1'));
      await expect(refused).rejects.toMatchObject({ code: 'INSUFFICIENT_AVAILABILITY' });
      const [table] = (await app.availability.timeline({ item, node })).nodes;
      expect(table).toMatchObject({ stale: [{ node, source }], position: { allocated: '20' } });
      // It is heard of: a fact of any kind.
      await post(source, fact({ item, node, fact: 'PUTAWAY', quantity: '1' }));
      await app.ledger.putSourceRules({ rules: [rule(node, source, { maxAgeSeconds: 1800, whenStale: 'HOLD' })] });
      expect(await now()).toMatchObject({ availableToPromise: '65' });
    });

    test('FLOOR: a share of what is usable, commitments included, however often it is asked', async () => {
      const { item, ask, now } = await stale({ whenStale: 'FLOOR', floorShare: '0.5' });
      // Half of 100 is withheld of 100 − 15 − 20; tomorrow's 30 still come.
      expect(await now()).toMatchObject({ availableToPromise: '15' });
      expect((await ask(2)).lines[0]).toMatchObject({ availableToPromise: '45' });
      await app.availability.reserve(reservation(item, '10'));
      expect(await now()).toMatchObject({ availableToPromise: '5' });
      expect((await now())?.shortfalls).toContainEqual({ quantity: '50', reason: 'STALE_SOURCE' });
    });

    test('LAST_KNOWN: as it was, and said so', async () => {
      const { node, source, ask } = await stale({ whenStale: 'LAST_KNOWN' });
      const answer = await ask(0);
      expect(answer.lines[0]).toMatchObject({ availableToPromise: '65' });
      expect(answer.stale).toContainEqual(expect.objectContaining({ node, source, policy: 'LAST_KNOWN' }));
    });

    test('of several sources of a node the strictest counts; lots are withheld like all stock', async () => {
      const { node, item, source, now } = await stale({ whenStale: 'LAST_KNOWN' });
      await post(source, fact({ item, node, fact: 'RECEIVED', quantity: '40', lot: 'L1', expiresOn: inDays(90) }));
      const never = rule(node, 'wms/never-heard', { maxAgeSeconds: 60, whenStale: 'HOLD' });
      await app.ledger.putSourceRules({ rules: [never] });
      expect(await now()).toMatchObject({ availableToPromise: '0' });
    });
  });
});
