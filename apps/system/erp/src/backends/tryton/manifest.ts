import type { Manifest } from '#connections/backend';
import { httpSettings } from '#connections/backend';
import { DEFAULT_UNITS } from './settings';

const code = { type: 'string', minLength: 1, maxLength: 64 } as const;

export const manifest: Manifest = {
  product: 'tryton',
  title: 'Tryton 6.0',
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['baseUrl', 'database', 'user', 'warehouses', 'currency'],
    properties: {
      ...httpSettings,
      concurrency: { ...httpSettings.concurrency, default: 8 },
      // A posting is up to nine calls, and one process of Tryton executes one call at a time: more at once only wait longer.
      postingsAtOnce: {
        type: 'integer',
        minimum: 1,
        maximum: 64,
        default: 4,
        description: 'Documents that are made at once; about two for each process (worker) that Tryton runs.',
      },
      database: { ...code, description: 'Name of the Tryton database.' },
      user: { ...code, description: 'Login of the user that posts; best one of its own.' },
      companyId: { type: 'integer', minimum: 1, description: "Id of the company; the user's own when absent." },
      warehouses: {
        type: 'object',
        minProperties: 1,
        additionalProperties: code,
        description: 'Node of ours → code of its warehouse in Tryton, e.g. {"DC-NORTH": "WH"}.',
      },
      orderWarehouse: {
        ...code,
        description: 'Code of the warehouse that sales orders are made for; the first of `warehouses` when absent.',
      },
      currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'Currency of list prices and of customers.' },
      units: {
        type: 'object',
        additionalProperties: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' },
        default: DEFAULT_UNITS,
        description: 'Symbol of a unit in Tryton → UNECE code. Items in other units are not offered.',
      },
      priceDigits: { type: 'integer', minimum: 0, maximum: 6, default: 4, description: "Digits of a price after the point, as in Tryton's `product.price_decimal`." }, // prettier-ignore
      chargeItems: {
        type: 'object',
        additionalProperties: code,
        default: {},
        description:
          'Charge code → code of the service product it is sold as (that decides account and taxes). Others become lines without a product.',
      },
      forceAssignment: {
        type: 'boolean',
        default: false,
        description: 'Post a delivery even when Tryton has too little stock. Its stock then goes below zero.',
      },
      partner: {
        ...code,
        description: "Partner whose keys may order for customers read from here; the customer's own code when absent.",
      },
    },
  },
  credentials: ['password'],
  abilities: {
    canReportStock: 'Tells the quantity on hand per item and node.',
    canReportReceivables: 'Tells what customers owe, and their credit limits where it keeps them.',
    canProvideItems: 'Is the source of the item master.',
    canProvideCustomers: 'Is the source of customers and their ship-tos.',
  },
};
