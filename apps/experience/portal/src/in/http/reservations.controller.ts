import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, IdempotencyKey, Scope } from '#service/operation';
import { ReservationsView } from '../../views/reservations';
import {
  ExtendedReservation,
  ExtendReservationRequest,
  PlacedReservation,
  PortalReservation,
  ReleasedReservation,
  ReleaseReservationRequest,
  ReservationRequest,
} from './reservations.dto';

const PLACED = { Location: { description: 'Path of the reservation.', schema: { type: 'string' as const } } };

@Controller('portal/v1/reservations')
export class PortalReservationsController {
  constructor(private readonly reservations: ReservationsView) {}

  /**
   * Holds stock for a while: all lines in one step. Short: 409 INSUFFICIENT_AVAILABILITY with what there is and the next day
   * on which all of it would work. The Idempotency-Key names the reservation for ever. Name it in an order to keep what it holds.
   */
  @Post()
  @Scope('portal:reservations:write')
  @Cost(2)
  @IdempotencyKey({ required: true, namesResource: true })
  @ApiResponse({ status: 201, type: PlacedReservation, headers: PLACED, description: 'Held.' })
  @ApiResponse({
    status: 200,
    type: PlacedReservation,
    headers: PLACED,
    description: 'Was held under this key before.',
  })
  async place(
    @CurrentCaller() caller: Caller,
    @Body() request: ReservationRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlacedReservation> {
    const { created, reservation } = await this.reservations.place(caller, request, key);
    void reply.code(created ? 201 : 200).header('location', `/portal/v1/reservations/${reservation.id}`);
    return reservation;
  }

  /** Where a reservation stands and what became of it. Unknown, or another partner's: 404 RESERVATION_UNKNOWN. */
  @Get(':id')
  @Scope('portal:reservations:read')
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<PortalReservation> {
    return this.reservations.get(caller, id);
  }

  /** Lets a reservation live longer, within the longest life allowed. Ended: 409 RESERVATION_ENDED. */
  @Post(':id/extend')
  @HttpCode(200)
  @Scope('portal:reservations:write')
  @IdempotencyKey({ required: true })
  extend(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: ExtendReservationRequest,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ExtendedReservation> {
    return this.reservations.extend(caller, id, request, key);
  }

  /**
   * Sets free what is held: everything, or the lines named. Without an Idempotency-Key the content names the release, so the
   * same request twice is one.
   */
  @Post(':id/release')
  @HttpCode(200)
  @Scope('portal:reservations:write')
  @IdempotencyKey({ required: false })
  @ApiBody({ type: ReleaseReservationRequest, required: false })
  release(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: ReleaseReservationRequest | null,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ReleasedReservation> {
    return this.reservations.release(caller, id, request ?? {}, key);
  }
}
