import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FaultInterceptor } from '../faults';
import { CarrierKeyGuard } from './carrier.guard';
import { CarrierProgress } from './carrier.progress';
import { checkedShipment, notFound } from './carrier.requests';
import {
  CARRIER_CODE,
  costOf,
  labelBody,
  numberOfTracking,
  rateBody,
  SERVICES,
  trackingBody,
  trackingNumber,
} from './carrier.shapes';
import type { CarrierCounts } from './carrier.store';
import { CarrierBooks } from './carrier.store';

type Json = Record<string, unknown>;

/** A simulated carrier platform in ShipEngine's shape, with its own books. One account per `:installation`. */
@Controller('sandbox/carrier/:installation')
@UseGuards(CarrierKeyGuard)
@UseInterceptors(FaultInterceptor)
export class SandboxCarrierController {
  constructor(
    private readonly books: CarrierBooks,
    private readonly progress: CarrierProgress,
  ) {}

  @Get('v1/carriers')
  carriers(): Json {
    const services = SERVICES.map(({ code, type }) => ({ carrier_id: 'se-1', carrier_code: CARRIER_CODE, service_code: code, name: type, domestic: true, international: true, is_multi_package_supported: true })); // prettier-ignore
    return {
      carriers: [{ carrier_id: 'se-1', carrier_code: CARRIER_CODE, friendly_name: 'Sandbox Parcel', services }],
    };
  }

  @Post('v1/rates')
  @HttpCode(200)
  rates(@Body() body: Json): Json {
    const shipment = checkedShipment(body, { service: false });
    const weights = shipment.parcels.map(({ weight }) => weight);
    const rates = SERVICES.map((service) => rateBody(service, weights, shipment.carrierId));
    return {
      rate_response: {
        rates,
        invalid_rates: [],
        rate_request_id: 'se-1',
        shipment_id: 'se-1',
        status: 'completed',
        errors: [],
      },
    };
  }

  @Post('v1/labels')
  @HttpCode(200)
  async createLabel(
    @Param('installation') installation: string,
    @Body() body: Json,
    @Req() request: FastifyRequest,
  ): Promise<Json> {
    const { service, ...shipment } = checkedShipment(body, { service: true });
    if (!service) throw notFound('the service');
    const cost = costOf(service, shipment.parcels.map(({ weight }) => weight)); // prettier-ignore
    const baseUrl = baseUrlOf(request, installation);
    const label = { ...shipment, serviceCode: service.code, cost };
    const row = await this.books.addLabel(installation, label, this.progress.stepSeconds);
    this.progress.armSoon(installation);
    return labelBody(row, baseUrl);
  }

  @Get('v1/labels/external_shipment_id/:id')
  async findLabel(
    @Param('installation') installation: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<Json> {
    const row = await this.books.findByExternalId(installation, id);
    if (!row) throw notFound(`label of external shipment ${id}`);
    return labelBody(row, baseUrlOf(request, installation));
  }

  @Put('v1/labels/:label/void')
  async voidLabel(@Param('installation') installation: string, @Param('label') label: string): Promise<Json> {
    const number = /^se-(\d{1,15})$/.exec(label)?.[1];
    const row = number === undefined ? undefined : await this.books.findByNumber(installation, number);
    if (!row) throw notFound(`label ${label}`);
    if (row.voidedAt !== null) return { approved: false, message: 'This label has already been voided', reason_code: 'label_already_used' }; // prettier-ignore
    const approved = await this.books.void(installation, row.number);
    if (approved) return { approved, message: 'This label has been voided' };
    return { approved, message: 'This label has been used and cannot be voided', reason_code: 'label_already_used' };
  }

  @Get('v1/tracking')
  async track(@Param('installation') installation: string, @Query('tracking_number') tracking = ''): Promise<Json> {
    const number = numberOfTracking(tracking);
    const row = number === undefined ? undefined : await this.books.findByNumber(installation, number);
    const known = row?.parcels.some((_, index) => trackingNumber(row.number, index) === tracking);
    if (!row || known !== true) throw notFound(`tracking number ${tracking}`);
    return trackingBody(row, tracking);
  }
}

/** What the carrier counts in its own books: the proof that nothing was bought twice. */
@Controller('sandbox/carrier/:installation/_counts')
export class SandboxCarrierCountsController {
  constructor(private readonly books: CarrierBooks) {}

  @Get()
  counts(
    @Param('installation') installation: string,
    @Query('externalShipmentId') externalShipmentId?: string,
  ): Promise<CarrierCounts | undefined> {
    return this.books.counts(installation, externalShipmentId);
  }

  @Get('documents')
  async documents(
    @Param('installation') installation: string,
    @Query('after') after = '',
    @Query('limit') limit = '500',
  ): Promise<Json> {
    return {
      documents: await this.books.labels(installation, after, Math.min(Math.max(Number(limit) || 500, 1), 500)),
    };
  }
}

function baseUrlOf(request: FastifyRequest, installation: string): string {
  return `${request.protocol}://${request.host}/sandbox/carrier/${encodeURIComponent(installation)}`;
}
