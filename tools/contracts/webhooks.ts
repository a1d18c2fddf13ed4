import { getSchemaPath } from '@nestjs/swagger';
import { EVENT_TYPE_NAMES, EVENT_TYPES } from '#contracts/webhooks/event-types';
import { EVENT_DATA } from '#contracts/webhooks/partner-events.dto';
import { PartnerEvent } from '#contracts/webhooks/webhooks.dto';

const SIGNATURE_HEADERS = [
  ['webhook-id', 'Id of the event: the same in every attempt.'],
  ['webhook-timestamp', 'Unix seconds of this attempt: refuse what is older than five minutes.'],
  [
    'webhook-signature',
    'Standard Webhooks: `v1,<base64>`; several, with a blank between, while the secret is rotated.',
  ],
] as const;

/** The `webhooks` of the document whose partners are told: one operation per type of event, carried out by the receiver. */
export function webhooksOf(): Record<string, object> {
  return Object.fromEntries(EVENT_TYPE_NAMES.map((type) => [type, { post: operationOf(type) }]));
}

function operationOf(type: (typeof EVENT_TYPE_NAMES)[number]): object {
  return {
    operationId: `webhook.${type.replaceAll(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: EVENT_TYPES[type],
    parameters: SIGNATURE_HEADERS.map(([name, description]) => ({
      ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
    })),
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(type) } } },
    responses: {
      '2XX': { description: 'Taken. It is not sent again.' },
      '410': { description: 'Nobody will ever be here: the endpoint is disabled.' },
      default: {
        description: 'Not taken: it is sent again, up to ten times in three days. Redirects are not followed.',
      },
    },
  };
}

function schemaOf(type: (typeof EVENT_TYPE_NAMES)[number]): object {
  const data = { $ref: getSchemaPath(EVENT_DATA[type]) };
  return {
    allOf: [
      { $ref: getSchemaPath(PartnerEvent) },
      { type: 'object', properties: { type: { const: type }, schemaVersion: { const: 1 }, data } },
    ],
  };
}
