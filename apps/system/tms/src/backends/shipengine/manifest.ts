import { httpSettings } from '#connections/backend';
import type { Manifest } from '#connections/backend';
import { TMS_ABILITIES } from '../../tms.port';

export const manifest: Manifest = {
  product: 'shipengine',
  title: 'ShipEngine (many carriers behind one API)',
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['baseUrl', 'carrierId', 'defaultService', 'shipFromPhone'],
    properties: {
      ...httpSettings,
      carrierId: { type: 'string', pattern: '^se(-[a-z0-9]+)+$', description: 'The carrier account that pays, se-…' },
      carrierCode: {
        type: 'string',
        description: 'Code of the carrier, e.g. ups: makes tracking of foreign numbers exact.',
      },
      defaultService: { type: 'string', minLength: 1, description: 'Service code for labels that name none.' },
      shipFromPhone: { type: 'string', minLength: 1, description: 'Telephone of the sender: carriers ask for it.' },
      webhookHeader: {
        type: 'string',
        pattern: '^[a-z0-9-]+$',
        default: 'x-crossdock-webhook-secret',
        description:
          'Lower-case name of the header with which the webhook was registered; its value is the credential webhookSecret.',
      },
    },
  },
  credentials: ['apiKey', 'webhookSecret'],
  abilities: TMS_ABILITIES,
};
