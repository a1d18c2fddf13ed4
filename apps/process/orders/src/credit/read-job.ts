import type { NewJob } from '#messaging/jobs';

export const READ_QUEUE = 'orders.credit-read';

/** Asks the ERP what one customer owes, at once: somebody new has ordered. */
export function readJob({ customer, connection }: { readonly customer: string; readonly connection: string }): NewJob {
  return readAllJob(connection, [customer]);
}

export function readAllJob(connection: string, customers: readonly string[]): NewJob {
  return {
    queue: READ_QUEUE,
    key: `${connection}/${customers[0] ?? ''}+${customers.length - 1}`,
    payload: { connection, customers },
  };
}
