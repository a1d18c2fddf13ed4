import { Global, Module } from '@nestjs/common';
import { availabilityContract } from '#contracts/availability/availability.api';
import { erpContract } from '#contracts/erp/erp.api';
import { OrdersApi, ordersContract } from '#contracts/orders/orders.api';
import { ValidationApi, validationContract } from '#contracts/orders/validation.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { wmsContract } from '#contracts/wms/wms.api';
import type { AppDefinition } from '#service/app';
import { localBinding } from '#service/bindings';
import { ordersMigrations } from '../migrations/orders.migrations';
import { AcceptOrder } from './accept-order/accept-order';
import { ByPurpose } from './accept-order/by-purpose';
import { Gather } from './accept-order/gather';
import { ValidateOrder } from './accept-order/validate-order';
import { CancelOrder } from './cancel-order/cancel-order';
import { ChangeOrder } from './change-order/change-order';
import { CreditBook } from './credit/credit-book';
import { ReadReceivables } from './credit/read-receivables';
import { Recheck } from './credit/recheck';
import { RestateOrder } from './change-order/restate-order';
import { RefusedOrders } from './accept-order/refused-orders';
import { ordersConfig } from './config';
import { Effects, RunCommands } from './fulfil-order/commands/run-commands';
import { ProcessOrders } from './fulfil-order/process-orders';
import { WatchDeadlines } from './fulfil-order/watch-deadlines';
import { HoldOrder } from './hold-order/hold-order';
import { OrderEvents } from './in/events/order-events';
import { ReferenceEvents } from './in/events/reference-events';
import { RetryEvents } from './in/events/retry-events';
import { OrdersController } from './in/http/orders.controller';
import { ValidationController } from './in/http/validation.controller';
import { PlaceOrder } from './resume-lines/place-order';
import { ResumeLines } from './resume-lines/resume-lines';
import { LookUpSubstitutes } from './substitute/look-up-substitutes';
import { OrdersService } from './orders.service';
import { Nodes } from './out/nodes';
import { Policies } from './out/policies';
import { ValidationService } from './validation.service';
import { OrderReads } from './views/order-reads';

@Global()
@Module({
  providers: [
    ordersConfig.provider,
    Nodes,
    Policies,
    ProcessOrders,
    Gather,
    CreditBook,
    Recheck,
    ReadReceivables,
    AcceptOrder,
    ValidateOrder,
    CancelOrder,
    ChangeOrder,
    HoldOrder,
    RestateOrder,
    RefusedOrders,
    ByPurpose,
    PlaceOrder,
    ResumeLines,
    LookUpSubstitutes,
    Effects,
    RunCommands,
    WatchDeadlines,
    OrderEvents,
    ReferenceEvents,
    RetryEvents,
    OrderReads,
    OrdersService,
    ValidationService,
    localBinding(ordersContract, OrdersService),
    localBinding(validationContract, ValidationService),
  ],
  exports: [OrdersApi, ValidationApi],
})
export class OrdersModule {}

export const ordersApp: AppDefinition = {
  name: 'orders',
  layer: 'process',
  module: OrdersModule,
  controllers: [OrdersController, ValidationController],
  migrations: ordersMigrations,
  config: [ordersConfig],
  needs: [referenceContract, availabilityContract, erpContract, wmsContract],
};
