import { Injectable } from '@nestjs/common';
import { EVENT_TYPE_NAMES, EVENT_TYPES } from '#contracts/webhooks/event-types';
import { EVENT_DATA } from '#contracts/webhooks/partner-events.dto';
import type {
  NewWebhookEndpoint,
  PartnerEvent,
  PartnerEventFilter,
  PartnerEventPage,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookDeliveryFilter,
  WebhookDeliveryPage,
  WebhookEndpoint,
  WebhookEndpointContent,
  WebhookEndpointList,
  WebhookReplay,
  WebhookReplayContent,
  WebhookRotationContent,
} from '#contracts/webhooks/webhooks.dto';
import type { Caller } from '#service/caller';
import { versionOf } from '#service/headers';
import type { EventTypeList } from '../in/http/webhooks.dto';
import { PortalProcesses } from '../out/processes';

/** Webhooks and the event feed of the partner that calls. */
@Injectable()
export class WebhooksView {
  constructor(private readonly processes: PortalProcesses) {}

  create({ partner }: Caller, body: WebhookEndpointContent): Promise<NewWebhookEndpoint> {
    return this.processes.webhooks.createEndpoint({ ...body, partner });
  }

  list({ partner }: Caller): Promise<WebhookEndpointList> {
    return this.processes.webhooks.endpoints({ partner });
  }

  get({ partner }: Caller, id: string): Promise<WebhookEndpoint> {
    return this.processes.webhooks.endpoint({ partner, id });
  }

  update(
    { partner }: Caller,
    id: string,
    body: WebhookEndpointContent,
    ifMatch: string | undefined,
  ): Promise<WebhookEndpoint> {
    return this.processes.webhooks.updateEndpoint({ ...body, partner, id, ...expected(ifMatch) });
  }

  async delete({ partner }: Caller, id: string, ifMatch: string | undefined): Promise<void> {
    await this.processes.webhooks.deleteEndpoint({ partner, id, ...expected(ifMatch) });
  }

  rotate({ partner }: Caller, id: string, body: WebhookRotationContent): Promise<NewWebhookEndpoint> {
    return this.processes.webhooks.rotateSecret({ ...body, partner, id });
  }

  test({ partner }: Caller, id: string): Promise<WebhookDelivery> {
    return this.processes.webhooks.test({ partner, id });
  }

  deliveries({ partner }: Caller, id: string, query: WebhookDeliveryFilter): Promise<WebhookDeliveryPage> {
    return this.processes.webhooks.deliveries({ ...query, partner, id });
  }

  replay({ partner }: Caller, id: string, body: WebhookReplayContent): Promise<WebhookReplay> {
    return this.processes.webhooks.replay({ ...body, partner, id });
  }

  delivery({ partner }: Caller, id: string): Promise<WebhookDeliveryDetail> {
    return this.processes.webhooks.delivery({ partner, id });
  }

  redeliver({ partner }: Caller, id: string): Promise<WebhookDelivery> {
    return this.processes.webhooks.redeliver({ partner, id });
  }

  events({ partner }: Caller, query: PartnerEventFilter): Promise<PartnerEventPage> {
    return this.processes.webhooks.events({ ...query, partner });
  }

  event({ partner }: Caller, id: string): Promise<PartnerEvent> {
    return this.processes.webhooks.event({ partner, id });
  }

  eventTypes(): EventTypeList {
    const view = (type: (typeof EVENT_TYPE_NAMES)[number]) => ({
      ...{ type, description: EVENT_TYPES[type], schemaVersion: 1, dataSchema: EVENT_DATA[type].name },
    });
    return { eventTypes: EVENT_TYPE_NAMES.map(view) };
  }
}

function expected(ifMatch: string | undefined): { expectedVersion?: number } {
  const expectedVersion = versionOf(ifMatch);
  return expectedVersion === undefined ? {} : { expectedVersion };
}
