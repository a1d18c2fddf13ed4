import { Controller, Get, Query } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { Usage } from '../../requests/usage';
import { UsageQuery, UsageView } from './usage.dto';

/** How much a partner calls, and what is left. */
@Controller('account/v1/usage')
export class UsageController {
  constructor(private readonly usage: Usage) {}

  /** Calls by time, operation and status, and what is left of every quota. Asking takes nothing from them but this call. */
  @Get()
  @Scope('account:usage:read')
  get(@CurrentCaller() { partner }: Caller, @Query() { window = 'day', mode }: UsageQuery): Promise<UsageView> {
    return this.usage.of(partner, window, mode);
  }
}
