import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FulfilmentStatus } from '#canonical/order';
import { AddressDto, DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';

export class FulfilmentLine {
  /** Line of the order. */
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** Base units to ship. */
  @Matches(POSITIVE_PATTERN) quantity: string;
}
export class ReleaseFulfilmentRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Our fulfilment order id: at most one exists for it in the warehouse. */
  @IsString() @Length(1, 100) fulfilmentOrder: string;
  @IsString() @Length(1, 64) order: string;
  @IsString() @Length(1, 64) purchaseOrder: string;
  @Matches(ID_PATTERN) node: string;
  @Matches(DATE_PATTERN) shipBy: string;
  @IsObject() @ValidateNested() @Type(() => AddressDto) shipTo: AddressDto;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => FulfilmentLine)
  lines: FulfilmentLine[];
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
}
export class ReleaseFulfilmentResponse {
  fulfilmentOrder: string;
  /** The warehouse's own number, when it gives one. */
  reference?: string;
  outcome: 'created' | 'existing';
}
export class CancelFulfilmentRequest {
  @Matches(ID_PATTERN) connection: string;
  @IsString() @Length(1, 100) fulfilmentOrder: string;
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class CancelFulfilmentResponse {
  fulfilmentOrder: string;
  /** REQUESTED: the answer comes as an event (file warehouses). TOO_LATE: picking has begun. */
  outcome: 'CANCELLED' | 'REQUESTED' | 'TOO_LATE';
}
export class FulfilmentQuery {
  @Matches(ID_PATTERN) connection: string;
  @IsString() @Length(1, 100) fulfilmentOrder: string;
}
export class FulfilmentState {
  fulfilmentOrder: string;
  status: FulfilmentStatus;
  reference?: string;
}
export class WmsStockQuery {
  @Matches(ID_PATTERN) connection: string;
}
export class WmsStockLine {
  item: string;
  onHand: string;
}
export class WmsStock {
  asOf: string;
  node: string;
  lines: WmsStockLine[];
}
