import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import {
  PostInventoryRequest,
  PostInventoryResponse,
  PutSafetyStockRequest,
  PutSuppliesRequest,
  PutSuppliesResponse,
} from '#contracts/availability/stock.dto';
import { BodyLimit, Cost, IdempotencyKey, Scope } from '#service/operation';
import { OperationsProcesses } from '../../out/processes';

const BULK_BYTES = 5 * 1024 * 1024;

@Controller('operations/v1')
export class OperationsInventoryController {
  constructor(private readonly processes: OperationsProcesses) {}

  /** Appends up to 5,000 stock facts, each once by (source, id). One bad record never hides the good ones: see its result. */
  @Post('inventory-events')
  @HttpCode(207)
  @Scope('operations:inventory:write')
  @Cost(5)
  @BodyLimit(BULK_BYTES)
  @IdempotencyKey({ required: false })
  postInventory(@Body() request: PostInventoryRequest): Promise<PostInventoryResponse> {
    return this.processes.availability.postInventory(request);
  }

  /** Replaces expected supplies by id; quantity 0 removes one. */
  @Put('supplies')
  @Scope('operations:inventory:write')
  @Cost(5)
  putSupplies(@Body() request: PutSuppliesRequest): Promise<PutSuppliesResponse> {
    return this.processes.availability.putSupplies(request);
  }

  /** Sets the quantity withheld from every promise, by item and node. */
  @Put('safety-stock')
  @Scope('operations:inventory:write')
  @Cost(5)
  putSafetyStock(@Body() request: PutSafetyStockRequest): Promise<PutSuppliesResponse> {
    return this.processes.availability.putSafetyStock(request);
  }
}
