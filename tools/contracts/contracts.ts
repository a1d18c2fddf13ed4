import type { ApiContract } from '#contracts/api';
import { availabilityContract } from '#contracts/availability/availability.api';
import { ledgerContract } from '#contracts/availability/ledger.api';
import { feedsContract } from '#contracts/availability/feeds.api';
import { planningContract } from '#contracts/availability/planning.api';
import {
  erpConnectionsContract,
  tmsConnectionsContract,
  wmsConnectionsContract,
} from '#contracts/connections/connections.api';
import { erpContract } from '#contracts/erp/erp.api';
import { evidenceContract } from '#contracts/exceptions/evidence.api';
import { exceptionsContract } from '#contracts/exceptions/exceptions.api';
import { validationContract } from '#contracts/orders/validation.api';
import { ordersContract } from '#contracts/orders/orders.api';
import { mappingsContract } from '#contracts/reference/mappings.api';
import { referenceContract } from '#contracts/reference/reference.api';
import { shipmentsContract } from '#contracts/shipments/shipments.api';
import { tmsContract } from '#contracts/tms/tms.api';
import { webhooksContract } from '#contracts/webhooks/webhooks.api';
import { wmsContract } from '#contracts/wms/wms.api';
import type { AppDefinition } from '#service/app';

const CONTRACTS: readonly ApiContract<object>[] = [
  referenceContract,
  mappingsContract,
  availabilityContract,
  planningContract,
  ledgerContract,
  feedsContract,
  ordersContract,
  validationContract,
  shipmentsContract,
  exceptionsContract,
  evidenceContract,
  webhooksContract,
  erpContract,
  wmsContract,
  tmsContract,
  erpConnectionsContract,
  wmsConnectionsContract,
  tmsConnectionsContract,
];

/** The contracts that an app's document describes. */
export function contractsOf(app: AppDefinition): readonly ApiContract<object>[] {
  return CONTRACTS.filter((contract) => contract.document === `${app.layer}/${app.name}.v1`);
}
