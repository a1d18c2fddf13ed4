import { Injectable } from '@nestjs/common';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { PlanningApi } from '#contracts/availability/planning.api';
import { OrdersApi } from '#contracts/orders/orders.api';
import { ReferenceApi } from '#contracts/reference/reference.api';

/** The process APIs planners look into. */
@Injectable()
export class PlannerProcesses {
  constructor(
    readonly reference: ReferenceApi,
    readonly availability: AvailabilityApi,
    readonly planning: PlanningApi,
    readonly orders: OrdersApi,
  ) {}
}
