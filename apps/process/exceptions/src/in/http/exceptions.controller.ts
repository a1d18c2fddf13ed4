import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ExceptionsApi } from '#contracts/exceptions/exceptions.api';
import {
  AssignException,
  AuditPage,
  AuditQuery,
  BulkExceptions,
  BulkReport,
  EditAndRetryException,
  ExceptionAction,
  ExceptionGroups,
  ExceptionGroupsQuery,
  ExceptionPage,
  ExceptionPolicyList,
  ExceptionView,
  ListExceptionsQuery,
  PutExceptionPoliciesRequest,
} from '#contracts/exceptions/exceptions.dto';

@Controller()
export class ExceptionsController {
  constructor(private readonly exceptions: ExceptionsApi) {}

  @Get('v1/exceptions')
  list(@Query() query: ListExceptionsQuery): Promise<ExceptionPage> {
    return this.exceptions.list(query);
  }

  @Get('v1/exception-groups')
  groups(@Query() query: ExceptionGroupsQuery): Promise<ExceptionGroups> {
    return this.exceptions.groups(query);
  }

  @Post('v1/exceptions/bulk')
  @HttpCode(200)
  bulk(@Body() body: BulkExceptions): Promise<BulkReport> {
    return this.exceptions.bulk(body);
  }

  @Get('v1/exceptions/:id')
  get(@Param('id') id: string): Promise<ExceptionView> {
    return this.exceptions.get({ id });
  }

  @Post('v1/exceptions/:id/assign')
  @HttpCode(200)
  assign(@Param('id') id: string, @Body() body: AssignException): Promise<ExceptionView> {
    return this.exceptions.assign({ ...body, id });
  }

  @Post('v1/exceptions/:id/resolve')
  @HttpCode(200)
  resolve(@Param('id') id: string, @Body() body: ExceptionAction): Promise<ExceptionView> {
    return this.exceptions.resolve({ ...body, id });
  }

  @Post('v1/exceptions/:id/retry')
  @HttpCode(200)
  retry(@Param('id') id: string, @Body() body: ExceptionAction): Promise<ExceptionView> {
    return this.exceptions.retry({ ...body, id });
  }

  @Post('v1/exceptions/:id/edit-and-retry')
  @HttpCode(200)
  editAndRetry(@Param('id') id: string, @Body() body: EditAndRetryException): Promise<ExceptionView> {
    return this.exceptions.editAndRetry({ ...body, id });
  }

  @Get('v1/exception-audit')
  audit(@Query() query: AuditQuery): Promise<AuditPage> {
    return this.exceptions.audit(query);
  }

  @Put('v1/exception-policies')
  putPolicies(@Body() body: PutExceptionPoliciesRequest): Promise<ExceptionPolicyList> {
    return this.exceptions.putPolicies(body);
  }

  @Get('v1/exception-policies')
  policies(): Promise<ExceptionPolicyList> {
    return this.exceptions.policies({});
  }
}
