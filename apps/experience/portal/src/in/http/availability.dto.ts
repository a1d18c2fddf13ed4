import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { EdgeQuantity } from '#contracts/edge/edge-orders.dto';
import { DATE_PATTERN, QuantityDto } from '#contracts/values.dto';

export class AvailabilityLineRequest {
  /** SKU or GTIN. @example "85123A" */
  @IsString() @Length(1, 64) item: string;
  @IsObject() @ValidateNested() @Type(() => QuantityDto) quantity: QuantityDto;
  /** Earliest ship day wanted, local to the node; today when absent. @example "2026-03-09" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
}
export class AvailabilityRequest {
  /** 1 to 1,000 lines. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => AvailabilityLineRequest)
  lines: AvailabilityLineRequest[];
}
export class PromisedSlice {
  /** In the unit asked for when it is whole in it, else in the base unit. */
  quantity: EdgeQuantity;
  /** Day it can leave, local to the node. @example "2026-03-09" */
  shipDate: string;
  /** @example "DC-NORTH" */
  node: string;
  /** What the promise stands on. */
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
}
export class AvailabilityLineAnswer {
  /** As asked. @example "85123A" */
  item: string;
  requested: EdgeQuantity;
  /** Promisable on the requested day over all nodes, whole packs of each node. */
  availableToPromise: EdgeQuantity;
  /** How the requested quantity would be served; together requested − unpromised. */
  slices: PromisedSlice[];
  /** What nothing known covers. */
  unpromised: EdgeQuantity;
}
export class AvailabilityWatermark {
  /** @example "wms/wms-north" */
  source: string;
  /** Time of the newest fact taken from it. */
  at: string;
}
export class AvailabilityResponse {
  /** When the answer was true, RFC 3339. */
  asOf: string;
  watermarks: AvailabilityWatermark[];
  /** One per line of the request, in its order. */
  lines: AvailabilityLineAnswer[];
}
