import { createHash, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Get, HttpCode, HttpException, Injectable, Param, Post, Put, Query, Res, UseGuards, UseInterceptors } from '@nestjs/common'; // prettier-ignore
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNumber, Max, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { FaultInterceptor } from '../faults';
import { changeStock, INVENTORY_TYPES } from './wms.inventory';
import type { StockLine } from './wms.inventory';
import * as store from './wms.store';
import { tellAgain, type Range } from './wms.told';
import type { Installation, Line, OrderDocument } from './wms.types';
import { SimulatedWarehouses } from './wms.warehouse';

type Json = Record<string, unknown>;

/** `Authorization: Bearer <token of the installation>`. */
@Injectable()
export class WmsTokenGuard implements CanActivate {
  constructor(private readonly warehouses: SimulatedWarehouses) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { installation: string } }>>();
    const known = await this.warehouses.installation(request.params.installation);
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (known?.product === 'generic-rest' && timingSafeEqual(digest(given), digest(known.token))) return true;
    throw new HttpException({ code: 'TOKEN_INVALID', message: 'the token is not valid for this installation' }, 401);
  }
}

/** A simulated warehouse that keeps the contract of `generic-rest`. One per `:installation`. */
@Controller('sandbox/wms/:installation')
@UseGuards(WmsTokenGuard)
@UseInterceptors(FaultInterceptor)
export class SandboxWmsController {
  constructor(
    private readonly warehouses: SimulatedWarehouses,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  @Post('fulfilment-orders')
  async release(
    @Param('installation') id: string,
    @Body() body: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Json> {
    const { created, order } = await this.warehouses.release(id, documentOf(body));
    reply.code(created ? 201 : 200);
    return { externalId: order.externalId, number: order.number, status: order.state };
  }

  @Get('fulfilment-orders/:externalId')
  async find(@Param('installation') id: string, @Param('externalId') externalId: string): Promise<Json> {
    const order = await store.read(this.database, id, externalId);
    if (!order) throw new HttpException({ code: 'NOT_FOUND', message: `no fulfilment order ${externalId}` }, 404);
    return { externalId, number: order.number, status: order.state };
  }

  @Post('fulfilment-orders/:externalId/cancel')
  @HttpCode(200)
  async cancel(@Param('installation') id: string, @Param('externalId') externalId: string): Promise<Json> {
    const installation = await installationOf(this.warehouses, id);
    const done = await this.database.transaction((tx) => this.warehouses.cancel(tx, installation, externalId));
    if (done === undefined)
      throw new HttpException({ code: 'NOT_FOUND', message: `no fulfilment order ${externalId}` }, 404);
    if (!done) throw new HttpException({ code: 'TOO_LATE', message: 'picking has begun' }, 409);
    return { externalId, status: 'cancelled' };
  }

  @Get('stock')
  async stock(@Param('installation') id: string): Promise<Json> {
    const { node } = await installationOf(this.warehouses, id);
    return { asOf: new Date().toISOString(), node, lines: await store.allStock(this.database, id) };
  }

  @Post('inventory-events/resend')
  @HttpCode(202)
  async resend(@Param('installation') id: string, @Body() body: Json): Promise<Json> {
    const installation = await installationOf(this.warehouses, id);
    const missing = rangesOf(body, installation);
    const events = await this.database.transaction((tx) => tellAgain(this.jobs, tx, installation, missing));
    return { events };
  }
}

export class SpeedRequest {
  /** Times as fast as one step a second; from 20 on an order goes through at once. */
  @IsNumber() @Min(0.01) @Max(1_000_000) multiplier: number;
}

export class InventoryRequest {
  /** @example "inventory.received" */
  @IsIn(INVENTORY_TYPES) type: string;
  /** `{item, quantity, reason?}`, base units; an adjustment may be negative. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(5000) lines: StockLine[];
}

/** What a test or a demo does to a simulated warehouse from outside: no part of the contract, no faults, no token. */
@Controller('sandbox/wms/:installation')
export class SandboxWmsBackstageController {
  constructor(
    private readonly warehouses: SimulatedWarehouses,
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  @Get('_counts')
  counts(@Param('installation') id: string): Promise<Json> {
    return store.counts(this.database, id);
  }

  @Get('_counts/documents')
  async documents(
    @Param('installation') id: string,
    @Query('after') after = '',
    @Query('limit') limit = '500',
  ): Promise<Json> {
    const most = Math.min(Math.max(Number(limit) || 500, 1), 500);
    return { documents: await store.documents(this.database, id, after, most) };
  }

  /** What is on the shelves, without a token. */
  @Get('_stock')
  async stock(@Param('installation') id: string): Promise<Json> {
    return { lines: await store.allStock(this.database, id) };
  }

  @Put('_speed')
  async speed(@Param('installation') id: string, @Body() body: SpeedRequest): Promise<Json> {
    const text = 'update sandbox.wms_installation set speed = $2 where installation = $1';
    await this.database.query(text, [id, body.multiplier]);
    return { multiplier: body.multiplier };
  }

  /** Goods come in, are counted, damaged…: changes the shelves and announces it. */
  @Post('_inventory')
  @HttpCode(202)
  async inventory(@Param('installation') id: string, @Body() body: InventoryRequest): Promise<Json> {
    const installation = await installationOf(this.warehouses, id);
    await this.database.transaction((tx) => changeStock(this.jobs, tx, installation, body.type, body.lines));
    return { announced: body.lines.length };
  }
}

async function installationOf(warehouses: SimulatedWarehouses, id: string): Promise<Installation> {
  const installation = await warehouses.installation(id);
  if (installation) return installation;
  throw new HttpException({ code: 'UNKNOWN_WAREHOUSE', message: `no warehouse ${id}` }, 404);
}

/** Refuses what the contract refuses: 422 with the reason. */
function documentOf(body: Json): OrderDocument {
  const { externalId, node, lines } = body;
  const refuse = (message: string): never => {
    throw new HttpException({ code: 'INVALID', message }, 422);
  };
  if (typeof externalId !== 'string' || externalId === '') return refuse('externalId is missing');
  if (typeof node !== 'string') return refuse('node is missing');
  if (!Array.isArray(lines) || lines.length === 0 || !lines.every(isLine)) return refuse('lines are not right');
  return { ...body, externalId, node, lines };
}

function rangesOf({ node, missing }: Json, installation: Installation): Range[] {
  if (node === installation.node && Array.isArray(missing) && missing.length > 0 && missing.every(isRange))
    return missing;
  throw new HttpException({ code: 'INVALID', message: 'node or missing are not right' }, 422);
}

function isRange(value: unknown): value is Range {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to } = value as Json;
  return Number.isInteger(from) && Number.isInteger(to) && Number(from) >= 1 && Number(from) <= Number(to);
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  const { line, item, quantity } = value as Json;
  return Number.isInteger(line) && typeof item === 'string' && typeof quantity === 'string' && Number(quantity) > 0;
}
