/** One job per connection, keyed by its id: reads its master data once. */
export const MASTER_DATA_QUEUE = 'erp.master-data';
