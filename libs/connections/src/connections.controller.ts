import { Body, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ConnectionsApi } from '#contracts/connections/connections.api';
import { ConnectionDiagnostics, ConnectionList, ConnectionTest, ConnectionView, PauseConnectionRequest, PostingPage, PostingsQuery, ProductList, PutConnectionRequest } from '#contracts/connections/connections.dto'; // prettier-ignore

/** Routes of the administration of connections, the same for every kind of backend: each system app names its own API. */
export abstract class ConnectionsController {
  protected constructor(private readonly connections: ConnectionsApi) {}

  @Get('v1/products')
  products(): Promise<ProductList> {
    return this.connections.products({});
  }

  @Get('v1/connections')
  list(): Promise<ConnectionList> {
    return this.connections.list({});
  }

  @Get('v1/connections/:id')
  get(@Param('id') id: string): Promise<ConnectionView> {
    return this.connections.get({ id });
  }

  @Put('v1/connections/:id')
  put(@Param('id') id: string, @Body() body: PutConnectionRequest): Promise<ConnectionView> {
    return this.connections.put({ ...body, id });
  }

  @Post('v1/connections/:id/test')
  @HttpCode(200)
  test(@Param('id') id: string): Promise<ConnectionTest> {
    return this.connections.test({ id });
  }

  @Get('v1/connections/:id/diagnostics')
  diagnostics(@Param('id') id: string): Promise<ConnectionDiagnostics> {
    return this.connections.diagnostics({ id });
  }

  @Get('v1/postings')
  postings(@Query() query: PostingsQuery): Promise<PostingPage> {
    return this.connections.postings(query);
  }

  @Post('v1/connections/:id/pause')
  @HttpCode(200)
  pause(@Param('id') id: string, @Body() body: PauseConnectionRequest): Promise<ConnectionView> {
    return this.connections.pause({ ...body, id });
  }

  @Post('v1/connections/:id/resume')
  @HttpCode(200)
  resume(@Param('id') id: string): Promise<ConnectionView> {
    return this.connections.resume({ id });
  }
}
