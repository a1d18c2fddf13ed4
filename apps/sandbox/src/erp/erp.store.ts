import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import { sqlState } from '#persistence/sql-state';
import type { Statement } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';
import { changedMaster, countDocuments, findDocument, insertCancellation, insertCreditMemo, insertDelivery, insertDeliveryReversal, insertFreightAccrual, insertInvoice, insertSalesOrder, listDocuments, readReceivables, readStock } from './erp.sql'; // prettier-ignore

export type DocumentKind =
  'sales-order' | 'cancellation' | 'delivery' | 'invoice' | 'delivery-reversal' | 'credit-memo' | 'freight-accrual';
export type MasterKind = 'item' | 'customer' | 'price';

export interface ErpFault {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
}
export interface StoredDocument {
  readonly number: string;
  readonly contentHash: string;
  readonly body: Record<string, unknown>;
  readonly total: object | null;
}
export interface ListedDocument {
  readonly externalId: string;
  readonly documentNumber: string;
}
export interface MasterChange {
  readonly change: string;
  readonly body: object;
}
export interface DocumentAttempt {
  /** null when nothing was made: there are faults, or the document is there already. */
  readonly number: string | null;
  /** Net amount of what has one. */
  readonly total?: object | null;
  readonly faults: ErpFault[];
  /** First day that is not closed; null when none is closed. */
  readonly openFrom?: string | null;
}
export interface PostedBody {
  readonly externalId: string;
  readonly salesOrder?: string;
  readonly delivery?: string;
  readonly invoice?: string;
  readonly customer?: string;
  readonly node?: string;
  readonly lines?: readonly object[];
}

interface KindCount {
  readonly kind: string;
  readonly documents: number;
  readonly repeated: number;
}

const INSERTS: Readonly<Record<DocumentKind, Statement>> = {
  'sales-order': insertSalesOrder,
  cancellation: insertCancellation,
  delivery: insertDelivery,
  invoice: insertInvoice,
  'delivery-reversal': insertDeliveryReversal,
  'credit-memo': insertCreditMemo,
  'freight-accrual': insertFreightAccrual,
};
const CHECK_VIOLATION = '23514';

interface Entry {
  readonly kind: DocumentKind;
  readonly values: readonly unknown[];
}

/** The books of the simulated ERP: one statement per document, checks and effects together; those of one moment in one commit. */
@Injectable()
export class ErpBooks {
  /** One set at a time: two would wait for each other's stock rows. */
  private readonly entries = new Gatherer<Entry, DocumentAttempt>((entries) => this.enter(entries), {
    size: 32,
    inFlight: 1,
  });

  constructor(private readonly database: Database) {}

  async tokenOf(installation: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ token: string }>(
      { name: 'sandbox-erp-token', text: 'select token from sandbox.erp_installation where installation = $1' },
      [installation],
    );
    return rows[0]?.token;
  }

  async insert(
    installation: string,
    kind: DocumentKind,
    body: PostedBody,
    contentHash: string,
  ): Promise<DocumentAttempt> {
    try {
      const lines = body.lines === undefined ? null : JSON.stringify(body.lines);
      const subject = kind === 'sales-order' ? body.customer : body.salesOrder;
      const values = [
        installation,
        body.externalId,
        subject,
        lines,
        contentHash,
        JSON.stringify(body),
        body.node ?? body.delivery ?? body.invoice ?? null,
      ];
      return await this.entries.call({ kind, values });
    } catch (error) {
      // Another document took the same quantity between the check and the change.
      if (sqlState(error) !== CHECK_VIOLATION) throw error;
      return { number: null, faults: [{ code: 'QUANTITY_EXCEEDED', message: 'the quantity is no longer open' }] };
    }
  }

  private enter(entries: readonly Entry[]): Promise<Outcome<DocumentAttempt>[]> {
    return this.database.transaction((tx) =>
      Promise.all(
        entries.map(async ({ kind, values }) => {
          const { rows } = await tx.query<DocumentAttempt>(INSERTS[kind], values);
          return { value: rows[0] ?? { number: null, faults: [] } };
        }),
      ),
    );
  }

  async find(installation: string, kind: DocumentKind, externalId: string): Promise<StoredDocument | undefined> {
    return (await this.database.query<StoredDocument>(findDocument, [installation, kind, externalId])).rows[0];
  }

  async list(installation: string, kind: DocumentKind, after: string, limit: number): Promise<ListedDocument[]> {
    return (await this.database.query<ListedDocument>(listDocuments, [installation, kind, after, limit])).rows;
  }

  async stock(
    installation: string,
    node: string,
    items: readonly string[] | undefined,
  ): Promise<{ item: string; onHand: string }[]> {
    const values = [installation, node, items ?? null];
    return (await this.database.query<{ item: string; onHand: string }>(readStock, values)).rows;
  }

  /** What these customers owe, in the currency of their master record. */
  async receivables(installation: string, customers: readonly string[]): Promise<object[]> {
    const { rows } = await this.database.query<object>(readReceivables, [installation, customers]);
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  }

  /** Master data changed after this change, oldest first. */
  async changed(installation: string, kind: MasterKind, after: string, limit: number): Promise<MasterChange[]> {
    return (await this.database.query<MasterChange>(changedMaster, [installation, kind, after, limit])).rows;
  }

  /** Documents by kind; `repeated` is how many of all have an external id that another of their kind has too. */
  async counts(installation: string, externalId: string | undefined): Promise<Record<string, number>> {
    const values = [installation, externalId ?? null];
    const { rows } = await this.database.query<KindCount>(countDocuments, values);
    const repeated = rows.reduce((sum, row) => sum + row.repeated, 0);
    return { ...Object.fromEntries(rows.map((row) => [row.kind, row.documents])), repeated };
  }
}
