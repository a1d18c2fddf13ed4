import { createHash } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FaultInterceptor } from '../faults';
import { contentFaults } from './erp.checks';
import { ErpTokenGuard } from './erp.guard';
import { ErpBooks } from './erp.store';
import type { DocumentKind, ErpFault, MasterKind, PostedBody } from './erp.store';

type Json = Record<string, unknown>;

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

  @Get('v1/stock')
  async stock(
    @Param('installation') installation: string,
    @Query() query: { node?: string; items?: string },
  ): Promise<Json> {
    const items = query.items === undefined ? undefined : query.items.split(',');
    return { asOf: new Date().toISOString(), lines: await this.books.stock(installation, query.node ?? '', items) };
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
      return { externalId: body.externalId, documentNumber: attempt.number };
    }
    const known = await this.books.find(installation, kind, body.externalId);
    if (known?.contentHash === hash) {
      reply.code(200);
      return { externalId: body.externalId, documentNumber: known.number };
    }
    if (!known) return refuse(reply, 422, attempt.faults);
    return refuse(reply, 409, [
      { code: 'EXTERNAL_ID_CONFLICT', message: `${known.number} has this external id and other content` },
    ]);
  }

  private async find(kind: DocumentKind, params: DocumentParams, reply: FastifyReply): Promise<Json> {
    const known = await this.books.find(params.installation, kind, params.externalId);
    if (known) return { externalId: params.externalId, documentNumber: known.number, document: known.body };
    return refuse(reply, 404, [
      { code: 'DOCUMENT_UNKNOWN', message: `there is no ${kind} with external id ${params.externalId}` },
    ]);
  }

  private async page(installation: string, kind: MasterKind, query: PageQuery): Promise<Json> {
    const after = /^\d{1,18}$/.test(query.changedSince ?? '') ? (query.changedSince ?? '0') : '0';
    const limit = Math.min(Math.max(Number(query.limit ?? 500) || 500, 1), 500);
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
      repeated: counts['repeated'] ?? 0,
    };
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
interface DocumentParams {
  installation: string;
  externalId: string;
}

function refuse(reply: FastifyReply, status: number, errors: readonly ErpFault[]): Json {
  reply.code(status);
  const [first] = errors;
  return { code: first?.code ?? 'REFUSED', message: first?.message ?? 'refused', errors };
}
