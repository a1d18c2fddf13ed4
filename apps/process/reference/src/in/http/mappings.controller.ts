import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { MappingsApi } from '#contracts/reference/mappings.api';
import {
  EndMappingRequest,
  ImportMappingsRequest,
  ListMappingsQuery,
  MappingDto,
  MappingPage,
  MappingReport,
  PutMappingsRequest,
  SourcesOfTruth,
} from '#contracts/reference/mappings.dto';

@Controller()
export class MappingsController {
  constructor(private readonly mappings: MappingsApi) {}

  @Put('v1/mappings')
  putMappings(@Body() body: PutMappingsRequest): Promise<MappingReport> {
    return this.mappings.putMappings(body);
  }

  @Post('v1/mappings/import')
  @HttpCode(200)
  importMappings(@Body() body: ImportMappingsRequest): Promise<MappingReport> {
    return this.mappings.importMappings(body);
  }

  @Post('v1/mappings/end')
  @HttpCode(200)
  endMapping(@Body() body: EndMappingRequest): Promise<MappingDto> {
    return this.mappings.endMapping(body);
  }

  @Get('v1/mappings')
  listMappings(@Query() query: ListMappingsQuery): Promise<MappingPage> {
    return this.mappings.listMappings(query);
  }

  @Get('v1/sources-of-truth')
  sourcesOfTruth(): Promise<SourcesOfTruth> {
    return this.mappings.sourcesOfTruth({});
  }
}
