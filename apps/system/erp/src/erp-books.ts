import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { requireAbility } from '#connections/backend';
import { PostingPages } from '#connections/posting-page.store';
import { reconcile } from '#connections/reconcile';
import { ErpBooksApi } from '#contracts/connections/books.api';
import { ReconcileRequest } from '#contracts/connections/connections.dto';
import type { Reconciliation } from '#contracts/connections/connections.dto';
import { Database } from '#persistence/database';
import { ErpConnections } from './connections.service';
import { DOCUMENT_KINDS } from './erp.port';
import type { DocumentKind } from './erp.port';

/** The posting ledger beside the ERP's own books. */
@Injectable()
export class ErpBooks extends ErpBooksApi {
  private readonly ledger = new PostingPages('erp');

  constructor(
    private readonly database: Database,
    private readonly connections: ErpConnections,
  ) {
    super();
  }

  async reconcile({ id, kind }: ReconcileRequest): Promise<Reconciliation> {
    const { port, connection } = await this.connections.port(id);
    requireAbility(connection, 'canListDocuments');
    if (!isKind(kind)) throw unknownKind(kind);
    const compared = await reconcile(
      (after, limit) => this.ledger.made(this.database, { connection: id, kind }, after, limit),
      (after, limit) => port.documents(kind, after, limit),
    );
    return { connection: id, kind, ...compared };
  }
}

function isKind(kind: string): kind is DocumentKind {
  return DOCUMENT_KINDS.some((each) => each === kind);
}

function unknownKind(kind: string): CrossdockError {
  const message = `documents are of kind ${DOCUMENT_KINDS.join(', ')}; there is no ${kind}`;
  return new CrossdockError({ code: 'POSTING_KIND_UNKNOWN', kind: 'invalid', message });
}
