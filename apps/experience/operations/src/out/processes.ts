import { Injectable } from '@nestjs/common';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { LedgerApi } from '#contracts/availability/ledger.api';
import { FeedsApi } from '#contracts/availability/feeds.api';
import { OrdersApi } from '#contracts/orders/orders.api';
import { ValidationApi } from '#contracts/orders/validation.api';
import { MappingsApi } from '#contracts/reference/mappings.api';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { ShipmentsApi } from '#contracts/shipments/shipments.api';

/** The process APIs that operators work with. */
@Injectable()
export class OperationsProcesses {
  constructor(
    readonly reference: ReferenceApi,
    readonly mappings: MappingsApi,
    readonly availability: AvailabilityApi,
    readonly ledger: LedgerApi,
    readonly feeds: FeedsApi,
    readonly orders: OrdersApi,
    readonly validation: ValidationApi,
    readonly shipments: ShipmentsApi,
  ) {}
}
