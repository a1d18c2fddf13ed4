import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
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
import { BodyLimit, Cost, IdempotencyKey, Scope, SecondCall } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

const BULK_BYTES = 5 * 1024 * 1024;

/** How partners, standards and connections call our things. What waits for a code goes on by itself once it is here. */
@Controller('operations/v1')
export class OperationsMappingsController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Creates or replaces mappings, at most 1,000. A wrong row is rejected alone; with `preview` nothing is stored. */
  @Put('mappings')
  @HttpCode(207)
  @Scope('operations:reference:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  put(@Body() request: PutMappingsRequest): Promise<MappingReport> {
    return this.processes.mappings.putMappings(request);
  }

  /** The same from a CSV file of at most 5,000 rows; the report names the line of each. A file without its header is refused whole. */
  @Post('mappings/import')
  @HttpCode(207)
  @IdempotencyKey({ required: false, without: 'finds its rows unchanged' })
  @Scope('operations:reference:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  importFile(@Body() request: ImportMappingsRequest): Promise<MappingReport> {
    return this.processes.mappings.importMappings(request);
  }

  /** Sets the last day of what holds on that day. What was translated before stays as it was. */
  @Post('mappings/end')
  @HttpCode(200)
  @SecondCall('ends it on the same day')
  @Scope('operations:reference:write')
  end(@Body() request: EndMappingRequest): Promise<MappingDto> {
    return this.processes.mappings.endMapping(request);
  }

  /** One page of mappings; with `internal` the way out, with `on` only what holds that day. */
  @Get('mappings')
  @Scope('operations:reference:read')
  list(@Query() query: ListMappingsQuery): Promise<MappingPage> {
    return this.processes.mappings.listMappings({ ...query });
  }

  /** Who owns which fact, what wins when two differ, how late we may know. */
  @Get('sources-of-truth')
  @Scope('operations:reference:read')
  sourcesOfTruth(): Promise<SourcesOfTruth> {
    return this.processes.mappings.sourcesOfTruth({});
  }
}
