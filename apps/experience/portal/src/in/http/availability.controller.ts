import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Scope } from '#service/operation';
import { AvailabilityView } from '../../views/availability';
import { AvailabilityRequest, AvailabilityResponse } from './availability.dto';

@Controller('portal/v1/availability')
export class PortalAvailabilityController {
  constructor(private readonly availability: AvailabilityView) {}

  /** What can be promised, from where and when. Unknown items and units: 422 with a pointer to each. Reserves nothing. */
  @Post('query')
  @HttpCode(200)
  @Scope('portal:availability:read')
  query(@Body() request: AvailabilityRequest): Promise<AvailabilityResponse> {
    return this.availability.query(request);
  }
}
