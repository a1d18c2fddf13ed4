import { marketplaceApp } from '../../experience/marketplace/src/app.module';
import { operationsApp } from '../../experience/operations/src/app.module';
import { plannerApp } from '../../experience/planner/src/app.module';
import { portalApp } from '../../experience/portal/src/app.module';
import { gatewayApp } from '../../gateway/src/app.module';
import { availabilityApp } from '../../process/availability/src/app.module';
import { exceptionsApp } from '../../process/exceptions/src/app.module';
import { ordersApp } from '../../process/orders/src/app.module';
import { referenceApp } from '../../process/reference/src/app.module';
import { shipmentsApp } from '../../process/shipments/src/app.module';
import { webhooksApp } from '../../process/webhooks/src/app.module';
import { sandboxApp } from '../../sandbox/src/app.module';
import { erpApp } from '../../system/erp/src/app.module';
import { tmsApp } from '../../system/tms/src/app.module';
import { wmsApp } from '../../system/wms/src/app.module';
import type { AppDefinition } from '#service/app';

/** The whole product on one page. Requests flow down this list, facts flow up as events. */
export const EXPERIENCE_APPS: readonly AppDefinition[] = [portalApp, marketplaceApp, plannerApp, operationsApp];
export const PROCESS_APPS: readonly AppDefinition[] = [
  referenceApp,
  availabilityApp,
  ordersApp,
  shipmentsApp,
  exceptionsApp,
  webhooksApp,
];
export const SYSTEM_APPS: readonly AppDefinition[] = [erpApp, wmsApp, tmsApp];

export const ALL_APPS: readonly AppDefinition[] = [
  gatewayApp,
  ...EXPERIENCE_APPS,
  ...PROCESS_APPS,
  ...SYSTEM_APPS,
  sandboxApp,
];

/** What is called from outside: their documents are the contract with partners. */
export const PUBLIC_APPS: readonly AppDefinition[] = [...EXPERIENCE_APPS, gatewayApp];
/** Those with a contract under openapi/. */
export const DOCUMENTED_APPS: readonly AppDefinition[] = [...PUBLIC_APPS, ...PROCESS_APPS, ...SYSTEM_APPS];
