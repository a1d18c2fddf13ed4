import type { DirectClient } from './direct-client';
import { date, decimal } from './direct-client';

/** What a seeded Tryton holds; the tests order these. */
export const SEED = {
  currency: 'GBP',
  customer: { code: 'C-HARBOUR', name: 'Harbour Gifts Ltd' },
  secondCustomer: { code: 'C-QUAY', name: 'Quay Stores Ltd' },
  items: [
    { code: '85123A', name: 'White hanging heart T-light holder', price: '2.55', stock: 100000 },
    { code: '71053', name: 'White metal lantern', price: '3.39', stock: 100000 },
    { code: '22752', name: 'Set 7 babushka nesting boxes', price: '7.65', stock: 100000 },
    { code: 'SCARCE-1', name: 'Glass star frosted T-light holder', price: '4.25', stock: 5 },
  ],
  warehouse: 'WH',
} as const;

const one = <T>(rows: readonly T[], what: string): T => {
  const [first] = rows;
  if (first === undefined) throw new Error(`the Tryton seed has no ${what}`);
  return first;
};

/** Makes a new database ready for business: company, chart of accounts, fiscal years, terms, items, customers, opening stock. */
export async function seedTryton(tryton: DirectClient): Promise<void> {
  const currency = await currencyOf(tryton);
  const company = await companyOf(tryton, currency);
  tryton.context = { company, employee: null };
  await chartOfAccounts(tryton, company);
  // Last year too: a goods issue of January may be posted for December.
  const year = new Date().getUTCFullYear();
  for (const each of [year - 1, year, year + 1]) await fiscalYear(tryton, company, each);
  const term = one(
    await tryton.create('account.invoice.payment_term', {
      name: '30 days',
      lines: [['create', [{ type: 'remainder', relativedeltas: [['create', [{ days: 30 }]]] }]]],
    }),
    'payment term',
  );
  await customers(tryton, term);
  const products = await items(tryton);
  await openingStock(tryton, products);
}

async function currencyOf(tryton: DirectClient): Promise<number> {
  const [id] = await tryton.create('currency.currency', {
    name: 'Pound sterling',
    symbol: '£',
    code: SEED.currency,
    numeric_code: '826',
    rounding: decimal('0.01'),
    digits: 2,
  });
  await tryton.create('currency.currency.rate', { currency: id, rate: decimal('1.0'), date: date(2020, 1, 1) });
  return one([id], 'currency') as number;
}

async function companyOf(tryton: DirectClient, currency: number): Promise<number> {
  const party = one(await tryton.create('party.party', { name: 'Crossdock Distribution Ltd' }), 'party');
  const company = one(await tryton.create('company.company', { party, currency }), 'company');
  const [user] = await tryton.find('res.user', [['login', '=', 'admin']]);
  await tryton.model('res.user.write', [user?.id], { companies: [['add', [company]]], company });
  return company;
}

async function chartOfAccounts(tryton: DirectClient, company: number): Promise<void> {
  const [template] = await tryton.find<{ db_id: number }>('ir.model.data', [['module', '=', 'account'], ['fs_id', '=', 'account_template_root_en']], ['db_id']); // prettier-ignore
  const account = { company, account_template: one([template], 'chart template')?.db_id };
  await tryton.wizard('account.create_chart', [
    { state: 'start', form: {} },
    { state: 'create_account', form: account, key: 'account' },
  ]);
  const of = async (kind: string): Promise<number> =>
    one(await tryton.find('account.account', [[`type.${kind}`, '=', true], ['company', '=', company]]), kind).id; // prettier-ignore
  await tryton.wizard('account.create_chart', [
    {
      state: 'create_properties',
      key: 'properties',
      form: { company, account_receivable: await of('receivable'), account_payable: await of('payable') },
    },
  ]);
  // Lines without a product (freight, handling) need an account of their own.
  await tryton.model('account.configuration.write', [1], {
    default_category_account_revenue: await of('revenue'),
    default_category_account_expense: await of('expense'),
  });
}

async function fiscalYear(tryton: DirectClient, company: number, year: number): Promise<void> {
  const sequenceType = async (name: string): Promise<number> =>
    one(await tryton.find('ir.sequence.type', [['name', '=', name]]), `sequence type ${name}`).id;
  const [move] = await tryton.create('ir.sequence', {
    name: `${year}`,
    sequence_type: await sequenceType('Account Move'),
    company,
  });
  const [invoice] = await tryton.create('ir.sequence.strict', { name: `${year}`, sequence_type: await sequenceType('Invoice'), company, prefix: `${year}-` }); // prettier-ignore
  const fiscalYears = await tryton.create('account.fiscalyear', {
    name: `${year}`,
    start_date: date(year, 1, 1),
    end_date: date(year, 12, 31),
    company,
    post_move_sequence: move,
    invoice_sequences: [
      ['create', [{ company, out_invoice_sequence: invoice, in_invoice_sequence: invoice, out_credit_note_sequence: invoice, in_credit_note_sequence: invoice }]], // prettier-ignore
    ],
  });
  await tryton.model('account.fiscalyear.create_period', fiscalYears);
}

async function customers(tryton: DirectClient, term: number): Promise<void> {
  const [country] = await tryton.create('country.country', {
    name: 'United Kingdom',
    code: 'GB',
    code3: 'GBR',
    code_numeric: '826',
  });
  const address = {
    street: '1 Quay Street',
    postal_code: 'BS1 4DJ',
    city: 'Bristol',
    country,
    invoice: true,
    delivery: true,
  };
  const party = (customer: { code: string; name: string }): Record<string, unknown> => ({
    ...customer,
    customer_payment_term: term,
    addresses: [['create', [address]]],
  });
  await tryton.create('party.party', party(SEED.customer), party(SEED.secondCustomer));
}

async function items(tryton: DirectClient): Promise<Map<string, number>> {
  const unit = one(await tryton.find('product.uom', [['name', '=', 'Unit']]), 'unit').id;
  const account = async (kind: string): Promise<number> =>
    one(await tryton.find('account.account', [[`type.${kind}`, '=', true]]), kind).id;
  const [category] = await tryton.create('product.category', {
    name: 'Goods',
    accounting: true,
    account_revenue: await account('revenue'),
    account_expense: await account('expense'),
  });
  await tryton.create(
    'product.template',
    ...SEED.items.map((item) => ({
      name: item.name,
      code: item.code,
      type: 'goods',
      default_uom: unit,
      salable: true,
      sale_uom: unit,
      list_price: decimal(item.price),
      cost_price_method: 'fixed',
      account_category: category,
      products: [['create', [{ suffix_code: '', cost_price: decimal('1.00') }]]],
    })),
  );
  const products = await tryton.find<{ id: number; code: string }>('product.product', [], ['code']);
  return new Map(products.map((product) => [product.code, product.id]));
}

async function openingStock(tryton: DirectClient, products: ReadonlyMap<string, number>): Promise<void> {
  const storage = one(await tryton.find('stock.location', [['code', '=', 'STO']]), 'storage location').id;
  const inventory = await tryton.create('stock.inventory', {
    location: storage,
    lines: [['create', SEED.items.map((item) => ({ product: products.get(item.code), quantity: item.stock }))]],
  });
  await tryton.model('stock.inventory.confirm', inventory);
}
