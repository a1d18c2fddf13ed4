import { httpSettings } from '#connections/backend';
import type { Connection, Manifest } from '#connections/backend';

export const manifest: Manifest = {
  product: 'generic-rest',
  title: 'Any warehouse that implements our published contract, with signed webhooks',
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['baseUrl', 'node'],
    properties: {
      ...httpSettings,
      node: { type: 'string', minLength: 1, maxLength: 64, description: 'Our node that this warehouse is.' },
      warehouseCode: {
        type: 'string',
        minLength: 1,
        maxLength: 64,
        description: 'What the warehouse calls that node; the same when absent.',
      },
    },
  },
  credentials: ['token', 'webhookSecret'],
  abilities: {
    canReportFulfilment: 'Answers where a fulfilment order stands.',
    canReportStock: 'Answers what it has on hand now.',
    canResendStock: 'Tells stock facts again that did not arrive.',
    canCancelAtOnce: 'Answers at once whether a cancellation was in time.',
  },
};

export interface Settings {
  readonly node: string;
  readonly warehouseCode: string;
}

export function settingsOf(connection: Connection): Settings {
  const node = String(connection.settings['node']);
  const { warehouseCode } = connection.settings;
  return { node, warehouseCode: typeof warehouseCode === 'string' ? warehouseCode : node };
}

/** While a secret is rotated both are given, separated by a space. */
export function webhookSecretsOf(connection: Connection): string[] {
  return (connection.credentials['webhookSecret'] ?? '').split(' ').filter((secret) => secret !== '');
}
