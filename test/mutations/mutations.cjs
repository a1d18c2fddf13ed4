// Mistakes that somebody could make, one line each: [what, file, the line as it is, the line with the mistake]. Each must fail a test.
'use strict';
const promise = (file) => `apps/process/availability/src/promise/${file}`;
const reserve = (file) => `apps/process/availability/src/reserve/${file}`;
const orders = (file) => `apps/process/orders/src/fulfil-order/${file}`;

/** Caught by worked examples and properties alone: no database. */
const pure = [
  ['look-ahead dropped', promise('projection.ts'), 'lowest > 0n ? lowest : 0n', 'balance > 0n ? balance : 0n'],
  ['past-due supply included', promise('projection.ts'), ' || supply.day < today - fence', ''],
  ['past-due fence off by one', promise('projection.ts'), 'supply.day < today - fence', 'supply.day <= today - fence'],
  ['late supply counted for today', promise('projection.ts'), 'day: today + 1 }', 'day: today }'],
  ['horizon off by one', promise('projection.ts'), 'supply.day > today + horizon', 'supply.day >= today + horizon'],
  [
    'past-due demand forgotten',
    promise('projection.ts'),
    'const bucket = day < today ? today : day;',
    'if (day < today) return;\n  const bucket = day;',
  ],
  ['ASN added to its purchase order', promise('supply.ts'), '      left -= part;\n', ''],
  ['more announced than the order has', promise('supply.ts'), 'least(open, left)', 'open'],
  [
    'what came of an ASN still expected of its order',
    promise('supply.ts'),
    'come.set(named.announces, quantity)',
    'come',
  ],
  ['what came of an order still announced', promise('supply.ts'), 'come.set(id, part);', ''],
  [
    'more than asked for instead of enough',
    promise('book.ts'),
    'step.promisable >= atLeast &&',
    'step.promisable > atLeast &&',
  ],
  ['stock on hand not committed', promise('book.ts'), 'this.free -= quantity;', ''],
  [
    'stock on hand used before what comes',
    promise('book.ts'),
    'greatest(least(quantity, this.suppliable(day)), quantity - this.onHandFor(day))',
    'greatest(0n, quantity - this.onHandFor(day))',
  ],
  ['quota not returned', promise('book.ts'), 'part.channel, sign * part.quantity', 'part.channel, part.quantity'],
  [
    'quota kept from its own channel',
    promise('quotas.ts'),
    'if (quota.channel !== channel && quota.node === node) kept',
    'if (quota.node === node) kept',
  ],
  ['cap ignored', promise('quotas.ts'), 'most = least(most, this.leftOfCap(channel, row.node));', ''],
  ['expiry off by one', promise('lots.ts'), 'day <= pool.until;', 'day < pool.until;'],
  ['remaining life ignored', promise('lots.ts'), 'expiresOn - remainingLifeDays', 'expiresOn'],
  [
    'last instead of first to expire',
    promise('lots.ts'),
    'ascending(a.until, b.until) ||',
    'descending(a.until, b.until) ||',
  ],
  [
    'pack ceil instead of floor',
    promise('packs.ts'),
    'quantity - (quantity % multiple)',
    'ceilDivide(quantity, multiple) * multiple',
  ],
  ['kit by its most plentiful component', promise('kits.ts'), 'most.reduce(least)', 'most.reduce(greatest)'],
  [
    'shortage not corrected in discrete',
    promise('rules.ts'),
    'backward(receipts.map(({ quantity }) => quantity))',
    'receipts.map(({ quantity }) => quantity)',
  ],
  ['cut-off minute still in time', promise('calendar.ts'), 'minute >= cutOff', 'minute > cutOff'],
  [
    'most shipments preferred',
    promise('sourcing.ts'),
    'return a.length - b.length;\n  if (aim',
    'return b.length - a.length;\n  if (aim',
  ],
  ['lowest priority first', promise('allocation.ts'), 'a.priority - b.priority ||', 'b.priority - a.priority ||'],
  ['a node that only stands by counts as a shipment', promise('plan.ts'), 'usedOf(parts, nodes));', 'set);'],
  [
    'substitutes rounded part by part',
    promise('offer.ts'),
    'quantitySoFar += part.quantity;',
    'quantitySoFar = part.quantity + floorTo(quantitySoFar, (unit * ratio) / ONE);',
  ],
  [
    'the usual answer overlooks what comes by then',
    promise('whole-on-hand.ts'),
    'suppliedOn <= site.shipsFrom',
    'suppliedOn < site.shipsFrom',
  ],
  ['the usual answer takes the dearest node', promise('whole-on-hand.ts'), 'a.cost < b.cost', 'a.cost > b.cost'],
  ['goods issue takes the same stock twice', reserve('consume.ts'), 'open -= taken;', ''],
  [
    'a cursor that no query can read is believed',
    'libs/canonical/src/list-cursor.ts',
    "fits && kinds.every((kind, index) => READABLE[kind](parts[index] ?? ''))",
    'fits',
    'libs/canonical/src/list-cursor',
  ],
  [
    'answers of an old date told from the oldest step',
    'apps/gateway/src/versions/dated-versions.ts',
    'reduceRight(',
    'reduce(',
    'gateway/src/versions/dated-versions',
  ],
  [
    'what waits for stock counted twice',
    'libs/contracts/src/edge/partner-orders.ts',
    'plain(new Decimal(open).minus(backordered))',
    'plain(open)',
    'libs/contracts/src/edge/partner-orders',
  ],
];

/** Need PostgreSQL: the project's integration test that must fail. */
const stored = [
  [
    'safety stock subtracted twice when stock is read',
    'apps/process/availability/src/out/book.store.ts',
    '- safety)::text',
    '- safety - safety)::text',
    'reservations.int',
    'safety stock is withheld once',
  ],
  [
    'soft reservation counted beside its order',
    reserve('convert.ts'),
    'soft.take(slice, quantity);\n',
    '\n',
    'conversion.int',
    'an order takes over what its soft reservation held',
  ],
  [
    'what the order leaves is not freed',
    reserve('convert.ts'),
    'if (surplus === 0n) continue;',
    'if (surplus >= 0n) continue;',
    'conversion.int',
    'one that asks for less frees the rest',
  ],
];

/** What would post twice, or leave behind what was posted. */
const posted = [
  [
    'a create sent again without a look-up',
    'libs/connections/src/create-once.ts',
    'mine.attempts > 1 ? await options.lookup() : undefined',
    'undefined',
    'erp/test/postings',
    'what left too little is taken back once',
  ],
  [
    'a command whose answer was lost is withdrawn',
    'libs/messaging/src/job.store.ts',
    "and state = 'ready' and attempts = 0",
    "and state <> 'running'",
    'orders/src/orders.int',
    'answer was lost, the warehouse is asked',
  ],
  [
    'a version of a shipment tried before the one that it follows',
    'apps/process/shipments/src/out/said-correction.store.ts',
    'c.revision <= s.revision + 1',
    'c.revision <= s.revision + 9',
    'shipments/test/said-corrections',
    'waits for it',
  ],
  [
    'a correction in cases taken for pieces',
    'apps/process/shipments/src/correct-shipment/correct-shipment.ts',
    '  if (other) throw inOtherUnit(id, other);\n',
    '',
    'shipments/test/said-corrections',
    'a correction in cases',
  ],
  [
    'an order that gets its place keeps the units it was sent in',
    orders('parked.ts'),
    'for (const { line, ordered } of contents.lines) {',
    'for (const { line, ordered } of contents.lines.slice(0, 0)) {',
    'orders/test/place-order',
    'what was cancelled while it waited',
  ],
  [
    'credit not looked at again when the place is known',
    'apps/process/orders/src/resume-lines/look-up.ts',
    '    holds: acceptance.holds,\n',
    '    holds: [],\n',
    'orders/test/place-order',
    'credit that somebody else has',
  ],
];

const wms = (file) => `apps/system/wms/src/backends/generic-rest/${file}`;

/** Faults of backends that would be taken for facts, or not survived: unit tests of what the fault matrix shows as a whole. */
const faults = [
  ['fault: cases shipped are taken for pieces', wms('mapping.ts'), '...(unit && { unit }),\n', '\n', 'generic-rest/mapping'],
  ['fault: cases picked are taken for pieces', orders('evolve/fulfilments.ts'), 'if (!other) pickedShort', 'if (!other || other) pickedShort', 'fulfil-order/decide.short'],
  ['fault: a clock ten minutes off is not heard', wms('signature.ts'), 'WINDOW_SECONDS = 900', 'WINDOW_SECONDS = 300', 'generic-rest/signature'],
  ['fault: Retry-After is not obeyed', 'libs/resilience/src/outbound.ts', "if (kind === 'limited' && error", "if (kind === 'defect' && error", 'resilience/src/outbound'],
  ['fault: one poisoned event takes its neighbours with it', wms('mapping.ts'), 'if (error instanceof CrossdockError) return { facts: [], error };', '', 'generic-rest/mapping'],
  ['fault: a file without its end is loaded', 'apps/system/wms/src/backends/flat-file/format.ts', "if (last.fields[0] !== 'T' || raw.length < 2) {", 'if (raw.length < 2) {', 'wms/test/flat-file', 'cut off'],
  ['fault: a code that means two items is taken for one', 'apps/process/orders/src/accept-order/checks/item.ts', 'if (other !== undefined) {', 'if (other === sku) {', 'accept-order/checks'],
  ['fault: a duplicate message is new', 'libs/messaging/src/inbox.ts', "if (known.same) return { id: known.id, outcome: 'duplicate' };", "if (known.same) return { id: known.id, outcome: 'new' };", 'messaging/src/inbox'],
]; // prettier-ignore
const tierOf = (tests) =>
  tests.startsWith('wms/test') ? 'conformance' : tests.startsWith('messaging') ? 'int' : 'unit';

/** What would give credit that is not there, or keep it from who has it. */
const credited = [
  [
    'the last of a limit given to everybody at once',
    'apps/process/orders/src/credit/credit-book.ts',
    '      taken.set(customer, after);\n',
    '',
    'orders/test/credit.int',
    'eight at once',
  ],
  [
    'what is shipped and not billed forgotten',
    'apps/process/orders/src/out/credit.store.ts',
    's.billed_at is null or s.billed < s.worth',
    'false',
    'orders/test/credit.int',
    'counts once each on its way',
  ],
  [
    'held orders in the way of each other',
    'apps/process/orders/src/out/credit.store.ts',
    'and open > 0 and not held group by',
    'and open > 0 group by',
    'orders/test/credit.int',
    '8,200 more',
  ],
];

/** What makes transactions wait for each other in a circle, or believe what was never committed. */
const concurrent = [
  [
    'who follows up waits for a job that is being completed',
    'apps/process/shipments/src/effects/effect-runner.ts',
    'await this.jobs.enqueueMissing(',
    'await this.jobs.enqueue(',
    'shipments/src/locks.int',
    'does not wait',
  ],
  [
    'a tracking number locked after rows of shipments',
    'apps/process/shipments/src/out/event-locks.ts',
    "trackingNumbers: all('trackingNumbers')",
    'trackingNumbers: []',
    'shipments/src/locks.int',
    'holds no row',
  ],
  [
    'an order remembered before its change is committed',
    orders('process-orders.ts'),
    'tx.afterCommit(() => this.recent.keep(saved));',
    'this.recent.keep(saved);',
    'orders/test/recent-orders.int',
    'undone',
  ],
];

/** Caught by asking reference data for several orders at once. */
const lookedUp = [
  [
    'an order gets the reference data of the one beside it',
    'apps/process/reference/src/out/snapshot.store.ts',
    'JSON.stringify([query.partner, query.shipTo, query.date, query.unitSystem])',
    'query.partner',
    'reference/src/mappings.int',
    'asked at once',
  ],
];

/** Caught by the simulation of orders: no database. */
const simulated = [
  [
    'the same allocation counted twice',
    orders('evolve/reservations.ts'),
    '!reservation || reservation.seen.includes(event)',
    '!reservation',
  ],
  [
    'the same shipment counted twice',
    orders('evolve/shipments.ts'),
    'if (draft.progress.shipments.some((each) => each.id === shipment.shipment)) return;',
    '',
  ],
  [
    'stock that a node did not find stays reserved there',
    orders('evolve/fulfilment-parts.ts'),
    'free(draft, line.line, part);\n  const before',
    'const before',
  ],
  ['stock kept without credit', orders('plan.ts'), '  keepNothingWithoutCredit(draft);\n', ''],
];

/** Caught by the gateway before a made-up audience, on PostgreSQL. */
const namedByKey = 'apps/gateway/src/pipeline/named-by-key.ts';
const keyed = [
  [
    'what a key names: the first answer is not kept',
    namedByKey,
    'await this.kept.keep(slot, requestHash, { status: MADE, headers: keptHeaders(reply), body });',
    '',
  ],
  ['what a key names: nobody looks under the key', namedByKey, 'await this.kept.find(slot)', 'await undefined'],
  ['what a key names: another request gets the first answer', namedByKey, 'first.requestHash === asked', 'true'],
  ['what a key names: a key that is over still runs', namedByKey, 'this.running.delete(nameOf(slot));', ''],
].map((each) => [...each, 'gateway/src/pipeline/named-by-key']);
/** What would let somebody in who should not be, or certify who has shown nothing. */
const OWN_PEOPLE = 'gateway/src/people/own-people.int';
const access = [
  ['a test key says who may sign in', 'apps/gateway/src/people/own-people.ts', "caller.mode !== 'live'", 'false', OWN_PEOPLE],
  ['the last admin lets go', 'apps/gateway/src/people/people.service.ts', 'if (keepsAnAdmin && ', 'if (false && ', OWN_PEOPLE],
]; // prettier-ignore
/** What would let a partner see what is another one's, where a query forgets to ask whose it is. */
const ROW_ACCESS = 'libs/persistence/src/row-access.ts';
const secured = [
  ['row-level security: each sees everything', ROW_ACCESS, 'using (${condition})', 'using (true)'],
  ['row-level security: rows are given away', ROW_ACCESS, 'with check (${condition})', 'with check (true)'],
  ['row-level security: the owner of a table is not bound', ROW_ACCESS, ', force row level security;', ';'],
  ['row-level security: partners themselves are forgotten', 'apps/gateway/migrations/1764000000000-gateway.ts', "partnerColumns: { partner: 'id' },", ''],
  ['row-level security: what hangs on a row is forgotten', ROW_ACCESS, 'coalesce(owned.condition, led.condition)', 'owned.condition'],
  ['row-level security: a partner may write', ROW_ACCESS, "['select'], this.roles.partner", "['select', 'update'], this.roles.partner"],
  ['row-level security: the role is not taken on', 'libs/persistence/src/database.ts', 'set local role ${pg.escapeIdentifier(role)}; ', ''],
  ['row-level security: the name of a partner is SQL', 'libs/persistence/src/database.ts', 'pg.escapeLiteral(partner)', "`'${partner}'`", 'persistence/src/row-access.int'],
  ['row-level security: connections are of the owner', 'libs/persistence/src/connection-options.ts', '...(role !== undefined && { options: startsAs(role) })', '', 'persistence/src/row-access.int'],
].map(([what, file, from, to, tests = 'all-in-one/src/row-security.int']) => [what, file, from, to, tests]); // prettier-ignore
const certified = [
  [
    'live traffic certifies',
    'apps/gateway/src/requests/certification.ts',
    "if (request.mode !== 'test') continue;",
    '',
    'gateway/src/requests/certification',
  ],
];

const named = ([what, file, from, to, tests = 'availability/(src|test)/(promise|reserve)/', only]) => ({ what, file, from, to, tests, only }); // prettier-ignore
exports.mutations = [
  ...pure.map((each) => ({ ...named(each), project: 'unit' })),
  ...simulated.map((each) => ({ ...named([...each, 'orders/src/fulfil-order/simulation']), project: 'unit' })),
  ...certified.map((each) => ({ ...named(each), project: 'unit' })),
  ...faults.map((each) => ({ ...named(each), project: tierOf(each[4]) })),
  ...[...stored, ...posted, ...credited, ...concurrent, ...keyed, ...access, ...secured, ...lookedUp].map((each) => ({
    ...named(each),
    project: 'int',
  })),
];
