import type { Manifest } from '#connections/backend';
import { httpSettings } from '#connections/backend';
import { ERP_ABILITIES } from '../../erp.port';

export const manifest: Manifest = {
  product: 'generic-rest',
  title: 'Any ERP that implements the published contract (contract.yaml)',
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['baseUrl'],
    properties: {
      ...httpSettings,
      pageSize: { type: 'integer', minimum: 1, maximum: 500, default: 500, description: 'Master data records a page.' },
    },
  },
  credentials: ['token'],
  abilities: { ...ERP_ABILITIES },
};
