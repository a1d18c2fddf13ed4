import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ConnectionDiagnostics,
  ConnectionList,
  ConnectionTest,
  ConnectionView,
  PostingPage,
  PostingsQuery,
  ProductList,
} from '#contracts/connections/connections.dto';
import { Cost, Scope, SecondCall } from '#service/operation';
import { OperationsBackends } from '../../out/backends';
import { PauseBody, PutConnectionBody } from './connections.dto';

/** `kind` is erp, wms or tms. */
@Controller('operations/v1/connections/:kind')
export class OperationsConnectionsController {
  constructor(private readonly backends: OperationsBackends) {}

  /** Connections of one kind of backend: erp, wms or tms. */
  @Get()
  @Scope('operations:connections:read')
  list(@Param('kind') kind: string): Promise<ConnectionList> {
    return this.backends.of(kind).list({});
  }

  /** Products of the kind that one can connect to, with the settings and secrets each needs. */
  @Get('products')
  @Scope('operations:connections:read')
  products(@Param('kind') kind: string): Promise<ProductList> {
    return this.backends.of(kind).products({});
  }

  /** What was asked of backends of the kind, at most once per business key: state, number in the backend, last error. */
  @Get('postings')
  @Scope('operations:connections:read')
  postings(@Param('kind') kind: string, @Query() query: PostingsQuery): Promise<PostingPage> {
    return this.backends.of(kind).postings({ ...query });
  }

  /** One connection, without its secrets. */
  @Get(':id')
  @Scope('operations:connections:read')
  get(@Param('kind') kind: string, @Param('id') id: string): Promise<ConnectionView> {
    return this.backends.of(kind).get({ id });
  }

  /** Creates or changes a connection. Faults in its settings: 422, all at once. */
  @Put(':id')
  @Scope('operations:connections:write')
  put(@Param('kind') kind: string, @Param('id') id: string, @Body() body: PutConnectionBody): Promise<ConnectionView> {
    return this.backends.of(kind).put({ ...body, id });
  }

  /** Talks to the backend step by step and says what worked. */
  @Post(':id/test')
  @HttpCode(200)
  @SecondCall('asks the backend again and changes nothing')
  @Scope('operations:connections:write')
  @Cost(5)
  test(@Param('kind') kind: string, @Param('id') id: string): Promise<ConnectionTest> {
    return this.backends.of(kind).test({ id });
  }

  /** How the connection has been doing since its process started. */
  @Get(':id/diagnostics')
  @Scope('operations:connections:read')
  diagnostics(@Param('kind') kind: string, @Param('id') id: string): Promise<ConnectionDiagnostics> {
    return this.backends.of(kind).diagnostics({ id });
  }

  /** Stops all calls through it; work waits and nothing is lost. */
  @Post(':id/pause')
  @HttpCode(200)
  @SecondCall('finds it paused')
  @Scope('operations:connections:write')
  pause(@Param('kind') kind: string, @Param('id') id: string, @Body() { reason }: PauseBody): Promise<ConnectionView> {
    return this.backends.of(kind).pause({ id, reason });
  }

  /** Lets calls through again. */
  @Post(':id/resume')
  @HttpCode(200)
  @SecondCall('finds it running')
  @Scope('operations:connections:write')
  resume(@Param('kind') kind: string, @Param('id') id: string): Promise<ConnectionView> {
    return this.backends.of(kind).resume({ id });
  }
}
