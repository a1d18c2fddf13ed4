import { NodeBook, type Part } from '../../src/promise/book';
import { afterArrival, countsOf, type ExpectedReceipt } from '../../src/promise/supply';
import type { Random } from './cases';
import type { Days } from './slow-netting';

/** Days looked at: nothing that a world knows of happens later. */
export const HORIZON = 9;
const BUFFER = 1;

interface Document {
  readonly id: string;
  readonly kind: ExpectedReceipt['kind'];
  /** Day of arrival. */
  eta: number;
  open: number;
  readonly announces?: string | undefined;
}

/** A promise somebody has: one part of an answer. */
export interface Promised {
  readonly part: Part;
  readonly quantity: number;
  readonly day: number;
}

/** One item at one node with its documents, told in whole numbers. The engine and the slow reference each get it in their own way. */
export class World {
  today = 0;
  onHand: number;
  unusable: number;
  safety: number;
  readonly fence: number;
  readonly documents: Document[];
  /** The same for the engine, which nets and receives by its own rules. */
  private receipts: ExpectedReceipt[];
  /** Booked demand that is nobody's promise of this run. */
  readonly booked: { day: number; quantity: number }[];
  promised: Promised[] = [];

  constructor(private readonly random: Random) {
    this.onHand = random.int(0, 60);
    this.unusable = random.int(0, Math.min(8, this.onHand));
    this.safety = random.chance(0.5) ? random.int(0, 20) : 0;
    this.fence = random.int(0, 2);
    this.documents = random.list(4, (index) => this.document(`D${index}`));
    this.receipts = this.documents.map((each) => receiptOf(each));
    this.booked = random.chance(0.5) ? random.list(4, () => ({ day: random.int(-2, HORIZON), quantity: random.int(1, 25) })) : []; // prettier-ignore
  }

  /** The product's own way: what counts of documents, and what is free, to a book. */
  book(): NodeBook {
    const { onHand, unusable, safety, today, fence } = this;
    const free = BigInt(onHand - unusable - this.held - safety);
    const counts = countsOf(this.receipts);
    const supplies = this.receipts.map((each) => ({ ...each, quantity: counts.get(each.id) ?? 0n })).filter(({ quantity }) => quantity > 0n); // prettier-ignore
    const booked = this.booked.map(({ day, quantity }) => ({ day, quantity: BigInt(quantity) }));
    const waiting = this.promised.filter(({ part }) => !part.held).map(({ part: { day, quantity, supply } }) => ({ day, quantity, supply })); // prettier-ignore
    return new NodeBook(
      {
        ...{ node: 'DC', today, free },
        ...{ supplies, demands: [...booked, ...waiting] },
      },
      { horizonDays: HORIZON - today, pastDueDays: fence },
    );
  }

  /** The reference's way: a dense row of what comes and goes from today on. `held` promises have their stock already, or go on their day. */
  days(held: 'TAKEN' | 'ON_THEIR_DAY' = 'TAKEN'): Days {
    const length = HORIZON + 2;
    const comes = new Array<number>(length).fill(0);
    const goes = new Array<number>(length).fill(0);
    const put = (row: number[], day: number, quantity: number) => (row[Math.max(day - this.today, 0)]! += quantity);
    for (const each of this.documents) {
      const ready = each.eta + BUFFER;
      const open = this.counted(each);
      if (open <= 0 || ready > HORIZON || ready < this.today - this.fence) continue;
      put(comes, ready < this.today ? this.today + 1 : ready, open);
    }
    for (const { day, quantity } of this.booked) put(goes, day, quantity);
    for (const { part, day, quantity } of this.promised) if (held === 'ON_THEIR_DAY' || !part.held) put(goes, day, quantity); // prettier-ignore
    return { start: this.onHand - this.unusable - this.safety - (held === 'TAKEN' ? this.held : 0), comes, goes };
  }

  get held(): number {
    return this.promised.reduce((sum, { part, quantity }) => sum + (part.held ? quantity : 0), 0);
  }

  /** Something happens that keeps every promise as good as it was: what is held ships, or a document comes in. Nothing where neither can be. */
  good(): void {
    const document = this.documents.length > 0 ? this.random.pick(this.documents) : undefined;
    const leaving = this.promised.find(({ part }) => part.held);
    if (this.random.chance(0.5) && leaving) {
      this.onHand -= leaving.quantity;
      this.promised = this.promised.filter((each) => each !== leaving);
    } else if (document && document.open > 0) this.receive(document, this.random.int(1, document.open));
  }

  /** Something happens that may break promises: a day passes, a supply slips, stock is counted, safety or foreign demand changes. */
  bad(): void {
    const document = this.documents.length > 0 ? this.random.pick(this.documents) : undefined;
    const event = this.random.int(0, 4);
    if (event === 0 && this.today < 4) this.today += 1;
    else if (event === 1 && document) this.slip(document, this.random.int(1, 5));
    else if (event === 2) this.onHand = Math.max(this.unusable, this.onHand + this.random.int(-10, 10));
    else if (event === 3) this.safety = this.random.int(0, 20);
    else this.booked.push({ day: this.today + this.random.int(0, 8), quantity: this.random.int(1, 15) });
  }

  /** Unit by unit: those of the last ASN have theirs first, the order has what no ASN has. */
  private counted(document: Document): number {
    const order = document.kind === 'ASN' ? this.orderOf(document) : document;
    if (!order) return document.open;
    const own = new Map<Document, number>();
    const last = this.announcing(order).reverse();
    for (let unit = 0; unit < order.open; unit += 1) {
      const owner = last.find((asn) => (own.get(asn) ?? 0) < asn.open) ?? order;
      own.set(owner, (own.get(owner) ?? 0) + 1);
    }
    return own.get(document) ?? 0;
  }

  private receive(document: Document, quantity: number): void {
    this.onHand += quantity;
    const { id: reference } = document;
    this.receipts = afterArrival(this.receipts, { reference, item: 'X', node: 'DC', quantity: BigInt(quantity) });
    for (let unit = 0; unit < quantity; unit += 1) {
      document.open -= 1;
      const order = this.orderOf(document);
      const other = order ?? this.announcing(document).find(({ open }) => open > 0);
      if (other && other.open > 0) other.open -= 1;
    }
  }

  private slip(document: Document, days: number): void {
    document.eta += days;
    this.receipts = this.receipts.map((each) => (each.id === document.id ? { ...each, day: each.day + days } : each));
  }

  private orderOf({ announces }: Document): Document | undefined {
    return this.documents.find(({ id }) => id === announces);
  }

  private announcing(order: Document): Document[] {
    const asns = this.documents.filter(({ announces }) => announces === order.id);
    return asns.sort((a, b) => a.eta - b.eta || a.id.localeCompare(b.id));
  }

  private document(id: string): Document {
    const { random } = this;
    const announced = id !== 'D0' && random.chance(0.3) ? 'D0' : undefined;
    const order = id === 'D0' ? 'PURCHASE_ORDER' : random.pick(['PURCHASE_ORDER', 'TRANSFER'] as const);
    const kind = announced ? 'ASN' : order;
    return { id, kind, eta: random.int(-3, HORIZON + 1), open: random.int(1, 40), announces: announced };
  }
}

function receiptOf({ id, kind, eta, open, announces }: Document): ExpectedReceipt {
  return { id, kind, item: 'X', node: 'DC', day: eta + BUFFER, open: BigInt(open), announces };
}
