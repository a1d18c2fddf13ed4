import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { TrackingStatus } from '#canonical/order';
import { AddressDto, ID_PATTERN, POSITIVE_PATTERN, TIME_PATTERN } from '../values.dto';

export class ConfirmShipmentLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** Base units that left. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  @IsOptional() @IsString() @MaxLength(50) lot?: string;
}
export class ConfirmShipmentPackage {
  /** Carton id or SSCC. @example "006141411234567890" */
  @IsString() @Length(1, 50) id: string;
  @IsOptional() @IsString() @MaxLength(64) trackingNumber?: string;
  @IsOptional() @Matches(POSITIVE_PATTERN) weightKg?: string;
}
/** What a warehouse says has left. `shipmentId` is the idempotency key. */
export class ConfirmShipmentRequest {
  @IsString() @Length(1, 100) shipmentId: string;
  /** The fulfilment order it fulfils. */
  @IsString() @Length(1, 100) fulfilmentOrder: string;
  @Matches(ID_PATTERN) node: string;
  @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) shippedAt: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ConfirmShipmentLine)
  lines: ConfirmShipmentLine[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ConfirmShipmentPackage)
  packages?: ConfirmShipmentPackage[];
  /** SCAC or carrier code, when the warehouse chose it. */
  @IsOptional() @IsString() @MaxLength(30) carrier?: string;
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
}
export class ShipmentEffect {
  /** GOODS_ISSUE, LABEL, ERP_DELIVERY, ERP_INVOICE, NOTICE. */
  name: string;
  state: 'PENDING' | 'DONE' | 'FAILED' | 'NOT_NEEDED';
  /** Document number, label id or the like. */
  reference?: string;
  error?: string;
}
export class ShipmentLineView {
  line: number;
  item: string;
  quantity: string;
}
export class ShipmentFinding {
  /** OVER_SHIPPED, LINE_NOT_RELEASED, NODE_DIFFERS. */
  code: string;
  detail: string;
  /** JSON pointer into the confirmation. */
  pointer?: string;
  seen?: string;
  expected?: string;
}
export class ShipmentView {
  id: string;
  order: string;
  partner: string;
  customer: string;
  purchaseOrder: string;
  fulfilmentOrder: string;
  node: string;
  shippedAt: string;
  carrier?: string;
  trackingNumbers: string[];
  tracking?: TrackingStatus;
  shipTo: AddressDto;
  lines: ShipmentLineView[];
  effects: ShipmentEffect[];
  /** What contradicts the release; the goods left all the same. Absent when nothing does. */
  findings?: ShipmentFinding[];
  version: number;
  updatedAt: string;
}
export class ConfirmShipmentResponse {
  /** PARKED: its order is not known yet; it is applied by itself when it is. */
  outcome: 'confirmed' | 'replayed' | 'parked';
  shipmentId: string;
}
export class ShipmentQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  @IsString() @Length(1, 100) id: string;
}
export class RetryEffectRequest {
  @IsString() @Length(1, 100) id: string;
  /** @example "ERP_DELIVERY" */
  @IsIn(['GOODS_ISSUE', 'LABEL', 'ERP_DELIVERY', 'ERP_INVOICE', 'NOTICE']) effect: string;
}
export class ListShipmentsQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** Only this order's. */
  @IsOptional() @IsString() @Length(1, 64) order?: string;
  /** Cursor of the last change seen: a feed, oldest change first. */
  @IsOptional() @IsString() @Length(1, 500) since?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class ShipmentPage {
  shipments: ShipmentView[];
  /** Give this as `since` next time. */
  next: string;
  more: boolean;
}
