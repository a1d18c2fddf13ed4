import type { StoredOrder } from './order.store';

/** Of these many lines; a line with its progress is about a kilobyte. */
const MOST_LINES = 10_000;

/**
 * Orders as this process last saw them committed. An order that is worked on is locked some eight times within seconds: of one whose
 * version has not moved since, the database need not send the document again and nobody need parse it. It is only ever
 * believed after the version was compared under the lock, so what another process did is seen, and losing it costs time alone.
 */
export class RecentOrders {
  private readonly orders = new Map<string, StoredOrder>();
  private lines = 0;

  constructor(private readonly mostLines = MOST_LINES) {}

  get(id: string): StoredOrder | undefined {
    return this.orders.get(id);
  }

  /** Only what is committed. Nobody may change it afterwards. */
  keep(order: StoredOrder): void {
    const { id } = order.contents;
    // What was seen first may be told last.
    if ((this.orders.get(id)?.version ?? 0) > order.version) return;
    this.forget(id);
    this.orders.set(id, order);
    this.lines += order.contents.lines.length;
    for (const oldest of this.orders.keys()) {
      if (this.lines <= this.mostLines) return;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    this.lines -= this.orders.get(id)?.contents.lines.length ?? 0;
    this.orders.delete(id);
  }
}
