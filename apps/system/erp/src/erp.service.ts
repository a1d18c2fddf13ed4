import { Injectable } from '@nestjs/common';
import { requireAbility, settleSeconds } from '#connections/backend';
import { createOnce } from '#connections/create-once';
import { ErpApi } from '#contracts/erp/erp.api';
import type { AccrueFreightRequest, CancelSalesOrderRequest, CreateSalesOrderRequest, ErpReceivables, ErpReceivablesQuery, ErpStock, ErpStockQuery, PostCreditMemoRequest, PostDeliveryRequest, PostInvoiceRequest, PostingResult, ReverseDeliveryRequest, SyncMasterDataRequest, SyncMasterDataResponse } from '#contracts/erp/erp.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { ErpConnections } from './connections.service';
import type { DocumentKind, ErpAbility, ErpDocument, ErpPort } from './erp.port';
import { MasterData } from './in/poll/master-data';
import { inOpenPeriod } from './open-period';

interface Posting<Content> {
  readonly kind: DocumentKind;
  /** What the connection must be able to do for it. */
  readonly ability?: ErpAbility;
  readonly connection: string;
  readonly content: Content & { readonly businessKey: string };
  readonly find: (port: ErpPort, content: Content) => Promise<ErpDocument | undefined>;
  readonly create: (port: ErpPort, content: Content) => Promise<ErpDocument>;
}

/** Any ERP: every posting goes through the ledger, so that each document is made once whatever happens on the way. */
@Injectable()
export class ErpService extends ErpApi {
  constructor(
    private readonly database: Database,
    private readonly connections: ErpConnections,
    private readonly masterData: MasterData,
  ) {
    super();
  }

  createSalesOrder({ connection, ...content }: CreateSalesOrderRequest): Promise<PostingResult> {
    return this.post({
      kind: 'sales-order',
      connection,
      content,
      find: (port, order) => port.findSalesOrder(order),
      create: (port, order) => port.createSalesOrder(order),
    });
  }

  cancelSalesOrder({ connection, ...content }: CancelSalesOrderRequest): Promise<PostingResult> {
    return this.post({
      kind: 'cancellation',
      connection,
      content,
      find: (port, cancellation) => port.findCancellation(cancellation),
      create: (port, cancellation) => port.cancelSalesOrder(cancellation),
    });
  }

  postDelivery({ connection, ...content }: PostDeliveryRequest): Promise<PostingResult> {
    return this.post({
      kind: 'delivery',
      connection,
      content,
      find: (port, delivery) => port.findDelivery(delivery),
      create: (port, delivery) => port.postDelivery(delivery),
    });
  }

  postInvoice({ connection, ...content }: PostInvoiceRequest): Promise<PostingResult> {
    return this.post({
      kind: 'invoice',
      connection,
      content,
      find: (port, invoice) => port.findInvoice(invoice),
      create: (port, invoice) => port.postInvoice(invoice),
    });
  }

  reverseDelivery({ connection, ...content }: ReverseDeliveryRequest): Promise<PostingResult> {
    return this.post({
      kind: 'delivery-reversal',
      ability: 'canCorrect',
      connection,
      content,
      find: (port, reversal) => port.findDeliveryReversal(reversal),
      create: (port, reversal) => port.reverseDelivery(reversal),
    });
  }

  postCreditMemo({ connection, ...content }: PostCreditMemoRequest): Promise<PostingResult> {
    return this.post({
      kind: 'credit-memo',
      ability: 'canCorrect',
      connection,
      content,
      find: (port, memo) => port.findCreditMemo(memo),
      create: (port, memo) => port.postCreditMemo(memo),
    });
  }

  accrueFreight({ connection, ...content }: AccrueFreightRequest): Promise<PostingResult> {
    return this.post({
      kind: 'freight-accrual',
      ability: 'canAccrueFreight',
      connection,
      content,
      find: (port, accrual) => port.findFreightAccrual(accrual),
      create: (port, accrual) => port.accrueFreight(accrual),
    });
  }

  async stock(query: ErpStockQuery): Promise<ErpStock> {
    const { port, connection } = await this.connections.port(query.connection);
    requireAbility(connection, 'canReportStock');
    const items = query.items?.split(',').filter((item) => item !== '');
    const asOf = new Date().toISOString();
    return { asOf, lines: [...(await port.stock(query.node, items))] };
  }

  async receivables({ connection: id, customers }: ErpReceivablesQuery): Promise<ErpReceivables> {
    const { port, connection } = await this.connections.port(id);
    requireAbility(connection, 'canReportReceivables');
    // Before the ERP is asked: what it posts while it answers may be missing.
    const asOf = new Date().toISOString();
    return { asOf, customers: [...(await port.receivables([...new Set(customers)]))] };
  }

  async syncMasterData(request: SyncMasterDataRequest): Promise<SyncMasterDataResponse> {
    return this.masterData.sync(request.connection);
  }

  private async post<Content>(posting: Posting<Content>): Promise<PostingResult> {
    const { businessKey } = posting.content;
    // Before anything is recorded: work for a paused connection waits without a trace in the ledger.
    const { port, connection } = await this.connections.port(posting.connection);
    if (posting.ability) requireAbility(connection, posting.ability);
    const settle = settleSeconds(connection);
    const { document, outcome } = await createOnce<ErpDocument & { readonly postingDate?: string }>({
      database: this.database,
      schema: 'erp',
      kind: posting.kind,
      businessKey,
      connection: posting.connection,
      // The business date follows from what is posted; requests of before it was named keep their hash.
      request: { ...posting.content, correlationId: undefined, documentDate: undefined },
      ...(settle !== undefined && { settleSeconds: settle }),
      lookup: () => posting.find(port, posting.content),
      create: () => inOpenPeriod((dated) => posting.create(port, { ...posting.content, ...dated })),
    });
    const { documentNumber, total, postingDate } = document;
    return { businessKey, documentNumber, outcome, ...(total && { total }), ...(postingDate && { postingDate }) };
  }
}
