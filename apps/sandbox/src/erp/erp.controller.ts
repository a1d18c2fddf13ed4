import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FaultInterceptor } from '../faults';
import { contentFaults } from './erp.checks';
import { ErpTokenGuard } from './erp.guard';
import { ErpBooks } from './erp.store';
import type { DocumentKind, ErpFault, MasterKind, PostedBody } from './erp.store';

type Json = Record<string, unknown>;

const KIND_OF = {
  'sales-orders': 'sales-order',
  cancellations: 'cancellation',
  deliveries: 'delivery',
  invoices: 'invoice',
  'delivery-reversals': 'delivery-reversal',
  'credit-memos': 'credit-memo',
  'freight-accruals': 'freight-accrual',
} as const satisfies Record<string, DocumentKind>;

/** A simulated ERP that keeps the contract of `generic-rest`: its own books, its own refusals. One per `:installation`. */
@Controller('sandbox/erp/:installation')
@UseGuards(ErpTokenGuard)
@UseInterceptors(FaultInterceptor)
export class SandboxErpController {
  constructor(private readonly books: ErpBooks) {}

  @Get('v1/status')
  status(@Param('installation') installation: string): Json {
    return { product: 'Crossdock sandbox ERP', version: '1', installation };
  }

  @Get('v1/items')
  items(@Param('installation') installation: string, @Query() query: PageQuery): Promise<Json> {
    return this.page(installation, 'item', query);
  }

  @Get('v1/customers')
  customers(@Param('installation') installation: string, @Query() query: PageQuery): Promise<Json> {
    return this.page(installation, 'customer', query);
  }

  @Get('v1/prices')
  prices(@Param('installation') installation: string, @Query() query: PageQuery): Promise<Json> {
    return this.page(installation, 'price', query);
  }

  @Post('v1/sales-orders')
  createSalesOrder(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.post(id, 'sales-order', body, reply);
  }
  @Post('v1/cancellations')
  cancelSalesOrder(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.post(id, 'cancellation', body, reply);
  }
  @Post('v1/deliveries')
  postDelivery(@Param('installation') id: string, @Body() body: Json, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.post(id, 'delivery', body, reply);
  }
  @Post('v1/invoices')
  postInvoice(@Param('installation') id: string, @Body() body: Json, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.post(id, 'invoice', body, reply);
  }
  @Post('v1/delivery-reversals')
  reverseDelivery(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.post(id, 'delivery-reversal', body, reply);
  }
  @Post('v1/credit-memos')
  postCreditMemo(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.post(id, 'credit-memo', body, reply);
  }
  @Post('v1/freight-accruals')
  accrueFreight(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.post(id, 'freight-accrual', body, reply);
  }

  /** Documents of one kind by external id, after the one named. */
  @Get(Object.keys(KIND_OF).map((collection) => `v1/${collection}`))
  async documents(
    @Param('installation') installation: string,
    @Query() query: { after?: string; limit?: string },
    @Req() request: FastifyRequest,
  ): Promise<Json> {
    const collection = new URL(request.url, 'http://sandbox').pathname.split('/').at(-1) as keyof typeof KIND_OF;
    const limit = limitOf(query.limit);
    return { documents: await this.books.list(installation, KIND_OF[collection], query.after ?? '', limit) };
  }

  @Get('v1/sales-orders/:externalId')
  findSalesOrder(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('sales-order', params, reply);
  }
  @Get('v1/cancellations/:externalId')
  findCancellation(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('cancellation', params, reply);
  }
  @Get('v1/deliveries/:externalId')
  findDelivery(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('delivery', params, reply);
  }
  @Get('v1/invoices/:externalId')
  findInvoice(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('invoice', params, reply);
  }
  @Get('v1/delivery-reversals/:externalId')
  findDeliveryReversal(
    @Param() params: DocumentParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Json> {
    return this.find('delivery-reversal', params, reply);
  }
  @Get('v1/credit-memos/:externalId')
  findCreditMemo(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('credit-memo', params, reply);
  }
  @Get('v1/freight-accruals/:externalId')
  findFreightAccrual(@Param() params: DocumentParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<Json> {
    return this.find('freight-accrual', params, reply);
  }

  @Get('v1/stock')
  async stock(
    @Param('installation') installation: string,
    @Query() query: { node?: string; items?: string },
  ): Promise<Json> {
    const items = query.items === undefined ? undefined : query.items.split(',');
    return { asOf: new Date().toISOString(), lines: await this.books.stock(installation, query.node ?? '', items) };
  }

  @Post('v1/receivables/query')
  @HttpCode(200)
  async receivables(@Param('installation') installation: string, @Body() body: { customers?: unknown }): Promise<Json> {
    const asked = Array.isArray(body.customers) ? body.customers.filter((each) => typeof each === 'string') : [];
    return { customers: await this.books.receivables(installation, asked) };
  }

  private async post(installation: string, kind: DocumentKind, sent: Json, reply: FastifyReply): Promise<Json> {
    const faults = contentFaults(kind, sent);
    if (faults.length > 0) return refuse(reply, 422, faults);
    // `contentFaults` has seen every field that the books read.
    const body = sent as Json & PostedBody;
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const attempt = await this.books.insert(installation, kind, body, hash);
    if (attempt.number !== null) {
      reply.code(201);
      return { externalId: body.externalId, documentNumber: attempt.number, ...totalOf(attempt) };
    }
    const known = await this.books.find(installation, kind, body.externalId);
    if (known?.contentHash === hash) {
      reply.code(200);
      return { externalId: body.externalId, documentNumber: known.number, ...totalOf(known) };
    }
    if (!known) return refuse(reply, 422, attempt.faults, attempt.openFrom ?? undefined);
    return refuse(reply, 409, [
      { code: 'EXTERNAL_ID_CONFLICT', message: `${known.number} has this external id and other content` },
    ]);
  }

  private async find(kind: DocumentKind, params: DocumentParams, reply: FastifyReply): Promise<Json> {
    const known = await this.books.find(params.installation, kind, params.externalId);
    if (known)
      return { externalId: params.externalId, documentNumber: known.number, ...totalOf(known), document: known.body };
    return refuse(reply, 404, [
      { code: 'DOCUMENT_UNKNOWN', message: `there is no ${kind} with external id ${params.externalId}` },
    ]);
  }

  private async page(installation: string, kind: MasterKind, query: PageQuery): Promise<Json> {
    const after = /^\d{1,18}$/.test(query.changedSince ?? '') ? (query.changedSince ?? '0') : '0';
    const limit = limitOf(query.limit);
    const rows = await this.books.changed(installation, kind, after, limit);
    const cursor = rows.at(-1)?.change ?? after;
    return { records: rows.map((row) => row.body), cursor, more: rows.length === limit };
  }
}

/** Looks into the books from outside the ERP's API: what tests and the demo count. */
@Controller('sandbox/erp/:installation/_counts')
export class SandboxErpCountsController {
  constructor(private readonly books: ErpBooks) {}

  @Get()
  async counts(
    @Param('installation') installation: string,
    @Query('externalId') externalId?: string,
  ): Promise<Record<string, number>> {
    const counts = await this.books.counts(installation, externalId);
    return {
      salesOrders: counts['sales-order'] ?? 0,
      cancellations: counts['cancellation'] ?? 0,
      deliveries: counts['delivery'] ?? 0,
      invoices: counts['invoice'] ?? 0,
      deliveryReversals: counts['delivery-reversal'] ?? 0,
      creditMemos: counts['credit-memo'] ?? 0,
      freightAccruals: counts['freight-accrual'] ?? 0,
      repeated: counts['repeated'] ?? 0,
    };
  }

  /** Documents of a kind by external id, each one, after the one named: the proof that nothing is there twice. */
  @Get('documents')
  async documents(@Param('installation') installation: string, @Query() query: DocumentsQuery): Promise<Json> {
    const limit = limitOf(query.limit);
    return { documents: await this.books.list(installation, query.kind, query.after ?? '', limit) };
  }

  /** What the ERP believes to be at a node. */
  @Get('stock')
  async stock(@Param('installation') installation: string, @Query('node') node = ''): Promise<Json> {
    return { lines: await this.books.stock(installation, node, undefined) };
  }
}

interface PageQuery {
  changedSince?: string;
  limit?: string;
}
interface DocumentsQuery {
  kind: DocumentKind;
  after?: string;
  limit?: string;
}
interface DocumentParams {
  installation: string;
  externalId: string;
}

function limitOf(given: string | undefined): number {
  return Math.min(Math.max(Number(given ?? 500) || 500, 1), 500);
}

function totalOf({ total }: { readonly total?: object | null }): Json {
  return total ? { total } : {};
}

function refuse(reply: FastifyReply, status: number, errors: readonly ErpFault[], openFrom?: string): Json {
  reply.code(status);
  const [first] = errors;
  const closed = first?.code === 'PERIOD_CLOSED' && openFrom !== undefined ? { nextOpenDate: openFrom } : {};
  return {
    ...closed,
    code: first?.code ?? 'REFUSED',
    message: first?.message ?? 'refused',
    errors,
  };
}
