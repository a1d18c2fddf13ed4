import { Body, Controller, HttpCode, Put } from '@nestjs/common';
import {
  PutCustomersRequest,
  PutItemsRequest,
  PutNodesRequest,
  PutPricesRequest,
  PutResults,
} from '#contracts/reference/reference.dto';
import { BodyLimit, Cost, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

const BULK_BYTES = 5 * 1024 * 1024;

@Controller('operations/v1')
export class OperationsReferenceController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Creates or replaces items by SKU, at most 1,000. A wrong record is rejected alone: see its result. */
  @Put('items')
  @HttpCode(207)
  @Scope('operations:reference:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  putItems(@Body() request: PutItemsRequest): Promise<PutResults> {
    return this.processes.reference.putItems(request);
  }

  /** Creates or replaces customers with their ship-tos, at most 1,000. */
  @Put('customers')
  @HttpCode(207)
  @Scope('operations:reference:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  putCustomers(@Body() request: PutCustomersRequest): Promise<PutResults> {
    return this.processes.reference.putCustomers(request);
  }

  /** Creates or replaces contract prices, at most 1,000. */
  @Put('prices')
  @HttpCode(207)
  @Scope('operations:reference:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  putPrices(@Body() request: PutPricesRequest): Promise<PutResults> {
    return this.processes.reference.putPrices(request);
  }

  /** Creates or replaces nodes, at most 100. */
  @Put('nodes')
  @HttpCode(207)
  @Scope('operations:reference:write')
  @Cost(5)
  putNodes(@Body() request: PutNodesRequest): Promise<PutResults> {
    return this.processes.reference.putNodes(request);
  }
}
