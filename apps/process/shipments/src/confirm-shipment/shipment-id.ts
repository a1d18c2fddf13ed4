import { createHash } from 'node:crypto';

const MAX_ID = 100;

/** Warehouses number their shipments each for itself, so the connection is part of our id. */
export function shipmentIdOf(connection: string, shipmentId: string): string {
  const id = `${connection}:${shipmentId}`;
  if (id.length <= MAX_ID) return id;
  return `${id.slice(0, MAX_ID - 33)}-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}
