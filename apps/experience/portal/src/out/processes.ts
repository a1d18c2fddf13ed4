import { Injectable } from '@nestjs/common';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { OrdersApi } from '#contracts/orders/orders.api';
import { ValidationApi } from '#contracts/orders/validation.api';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';
import { WebhooksApi } from '#contracts/webhooks/webhooks.api';

/** The process APIs the portal speaks to. */
@Injectable()
export class PortalProcesses {
  constructor(
    readonly reference: ReferenceApi,
    readonly availability: AvailabilityApi,
    readonly orders: OrdersApi,
    readonly validation: ValidationApi,
    readonly shipments: ShipmentsApi,
    readonly webhooks: WebhooksApi,
  ) {}
}
