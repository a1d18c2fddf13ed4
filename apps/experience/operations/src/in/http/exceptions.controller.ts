import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { AuditPage, AuditQuery, BulkReport, ExceptionGroups, ExceptionGroupsQuery, ExceptionPage, ExceptionPolicyList, ExceptionView, ListExceptionsQuery } from '#contracts/exceptions/exceptions.dto'; // prettier-ignore
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, IdempotencyKey, Scope, SecondCall } from '#service/operation';
import { OperationsTrouble } from '../../out/trouble';
import { auditedBy } from '../../views/audited-by';
import { ActionBody, AssignBody, BulkBody, EditAndRetryBody, PutExceptionPoliciesBody } from './exceptions.dto';

/** Trouble that a person has to see: once per cause and object, with an owner, a clock, and what can be done about it. */
@Controller('operations/v1')
export class OperationsExceptionsController {
  constructor(private readonly trouble: OperationsTrouble) {}

  /** Exceptions, newest first; without a state those that are not resolved. */
  @Get('exceptions')
  @Scope('operations:exceptions:read')
  list(@Query() query: ListExceptionsQuery): Promise<ExceptionPage> {
    return this.trouble.exceptions.list({ ...query });
  }

  /** What is not resolved, counted by cause and owner queue, the most urgent first. */
  @Get('exception-groups')
  @Scope('operations:exceptions:read')
  groups(@Query() query: ExceptionGroupsQuery): Promise<ExceptionGroups> {
    return this.trouble.exceptions.groups({ ...query });
  }

  /** One exception: what happened, what was seen and expected, what to do, whose it is. */
  @Get('exceptions/:id')
  @Scope('operations:exceptions:read')
  get(@Param('id') id: string): Promise<ExceptionView> {
    return this.trouble.exceptions.get({ id });
  }

  /** Does the same to many: oldest first, at most `cap`, with a line per exception. `dryRun` says what would be done. */
  @Post('exceptions/bulk')
  @HttpCode(200)
  @IdempotencyKey({ required: false, without: 'meets what is still open' })
  @Scope('operations:exceptions:write')
  @Cost(10)
  bulk(@CurrentCaller() caller: Caller, @Body() { operator, ...body }: BulkBody): Promise<BulkReport> {
    return this.trouble.exceptions.bulk({ ...body, actor: auditedBy(caller, operator) });
  }

  /** Gives it to somebody. */
  @Post('exceptions/:id/assign')
  @HttpCode(200)
  @SecondCall('assigns to the same')
  @Scope('operations:exceptions:write')
  assign(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { operator, ...body }: AssignBody,
  ): Promise<ExceptionView> {
    return this.trouble.exceptions.assign({ ...body, id, actor: auditedBy(caller, operator) });
  }

  /** Says that it is over. Nothing is sent on; if its cause is met again, a new exception opens. */
  @Post('exceptions/:id/resolve')
  @HttpCode(200)
  @SecondCall('is refused: EXCEPTION_RESOLVED')
  @Scope('operations:exceptions:write')
  resolve(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { operator, ...body }: ActionBody,
  ): Promise<ExceptionView> {
    return this.trouble.exceptions.resolve({ ...body, id, actor: auditedBy(caller, operator) });
  }

  /**
   * Sends on what stopped, with the same content under the same business key: what a backend already has is not posted again. It waits
   * then (WAITING) and ends by itself, or is open again when the cause is still there.
   */
  @Post('exceptions/:id/retry')
  @HttpCode(200)
  @IdempotencyKey({
    required: false,
    without: 'is refused once it is resolved; else it tries again what is posted once by its business key',
  })
  @Scope('operations:exceptions:write')
  retry(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { operator, ...body }: ActionBody,
  ): Promise<ExceptionView> {
    return this.trouble.exceptions.retry({ ...body, id, actor: auditedBy(caller, operator) });
  }

  /** Mends an inbound message that could not be read and maps it again. Postings and facts are never edited. */
  @Post('exceptions/:id/edit-and-retry')
  @HttpCode(200)
  @IdempotencyKey({
    required: false,
    without: 'is refused once it is resolved; else it tries again what is posted once by its business key',
  })
  @Scope('operations:exceptions:write')
  editAndRetry(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { operator, ...body }: EditAndRetryBody,
  ): Promise<ExceptionView> {
    return this.trouble.exceptions.editAndRetry({ ...body, id, actor: auditedBy(caller, operator) });
  }

  /** Every change of an exception or a policy, newest first: who, why, before, after. It is never changed itself. */
  @Get('exception-audit')
  @Scope('operations:exceptions:read')
  audit(@Query() query: AuditQuery): Promise<AuditPage> {
    return this.trouble.exceptions.audit({ ...query });
  }

  /** Who looks after the exceptions of a domain and partner, and within how many minutes. Counts for those that open from now on. */
  @Put('exception-policies')
  @Scope('operations:exceptions:write')
  putPolicies(
    @CurrentCaller() caller: Caller,
    @Body() { operator, ...body }: PutExceptionPoliciesBody,
  ): Promise<ExceptionPolicyList> {
    return this.trouble.exceptions.putPolicies({ ...body, actor: auditedBy(caller, operator) });
  }

  /** The owner queues and clocks. */
  @Get('exception-policies')
  @Scope('operations:exceptions:read')
  policies(): Promise<ExceptionPolicyList> {
    return this.trouble.exceptions.policies({});
  }
}
