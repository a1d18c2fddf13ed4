import type { ConfigOf } from '#service/config';
import { defineConfig, integer } from '#service/config';

export const erpConfig = defineConfig('erp', {
  masterDataSeconds: integer('CROSSDOCK_ERP_MASTER_DATA_SECONDS', 60, 'seconds between two readings of changed items, customers and prices of a connection', { min: 1, max: 86_400 }), // prettier-ignore
});
export type ErpConfig = ConfigOf<typeof erpConfig>;
