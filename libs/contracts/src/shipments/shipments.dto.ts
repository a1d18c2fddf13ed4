import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
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
import { AddressDto, ID_PATTERN, MoneyDto, POSITIVE_PATTERN, TIME_PATTERN } from '../values.dto';

export class ConfirmShipmentLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** What left, in base units. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  /** UNECE code of the unit that `quantity` is in; must be the item's base unit. Base units when absent. @example "EA" */
  @IsOptional() @Matches(/^[A-Z0-9]{2,3}$/) unit?: string;
  @IsOptional() @IsString() @Length(1, 50) lot?: string;
  /** One per unit that has one. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  serials?: string[];
  /** `id` of the package it is in. @example "006141411234567890" */
  @IsOptional() @IsString() @Length(1, 50) package?: string;
}
export class ConfirmShipmentPackage {
  /** Carton id or SSCC. @example "006141411234567890" */
  @IsString() @Length(1, 50) id: string;
  @IsOptional() @IsString() @MaxLength(64) trackingNumber?: string;
  @IsOptional() @Matches(POSITIVE_PATTERN) weightKg?: string;
}
export class ShipmentWeight {
  @Matches(POSITIVE_PATTERN) value: string;
  /** UNECE code: kilogram, gram, pound. @example "KGM" */
  @IsIn(['KGM', 'GRM', 'LBR']) unit: string;
}
export class ShipmentFreight {
  /** PREPAID and PREPAID_AND_CHARGE are paid by us and accrued; the second one is also billed to the customer. */
  @IsIn(['PREPAID', 'PREPAID_AND_CHARGE', 'COLLECT', 'THIRD_PARTY']) terms: string;
  /** What the carrier bills; with PREPAID_AND_CHARGE what the customer is billed too. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => MoneyDto) amount?: MoneyDto;
}
export class ShipmentProof {
  @IsIn(['SIGNATURE', 'MANIFEST', 'PHOTO']) kind: string;
  /** Manifest number, or the id of the document. */
  @IsString() @Length(1, 200) reference: string;
  @IsOptional() @IsString() @Length(1, 100) signedBy?: string;
}
/** What the source called the event: for the way back from here to its own books. */
export class ShipmentSourceEvent {
  @IsString() @Length(1, 100) id: string;
  @IsOptional() @IsInt() @Min(0) sequence?: number;
}
/** What left: all of it that a correction says anew. */
export class ShipmentContent {
  @Matches(ID_PATTERN) node: string;
  /** RFC 3339, with its offset. */
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
  /** SCAC or carrier code, when the warehouse chose it. @example "UPSN" */
  @IsOptional() @IsString() @MaxLength(30) carrier?: string;
  /** The carrier's service. @example "GROUND" */
  @IsOptional() @IsString() @Length(1, 60) service?: string;
  @IsOptional() @IsString() @Length(1, 50) billOfLading?: string;
  /** Progressive number of the carrier. */
  @IsOptional() @IsString() @Length(1, 50) proNumber?: string;
  @IsOptional() @IsString() @Length(1, 50) seal?: string;
  /** Gross weight of all. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ShipmentWeight) weight?: ShipmentWeight;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ShipmentFreight) freight?: ShipmentFreight;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ShipmentProof) proof?: ShipmentProof;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ShipmentSourceEvent) sourceEvent?: ShipmentSourceEvent;
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
}
/** What a warehouse says has left. `shipmentId` is the idempotency key. */
export class ConfirmShipmentRequest extends ShipmentContent {
  @IsString() @Length(1, 100) shipmentId: string;
  /** The fulfilment order it fulfils. */
  @IsString() @Length(1, 100) fulfilmentOrder: string;
}
/** The whole shipment as it really was; what is not named in it was not there. */
export class CorrectShipmentRequest extends ShipmentContent {
  @IsString() @Length(1, 100) id: string;
  /** One more than the version that it corrects: 2 is the first correction. */
  @IsInt() @Min(2) @Max(1000) revision: number;
  /** @example "two cartons were found on the dock" */
  @IsString() @Length(1, 200) reason: string;
}
/** Nothing of it left. */
export class VoidShipmentRequest {
  @IsString() @Length(1, 100) id: string;
  /** One more than the version that it voids. */
  @IsInt() @Min(2) @Max(1000) revision: number;
  @IsString() @Length(1, 200) reason: string;
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
}
export class CorrectShipmentResponse {
  shipmentId: string;
  /** What stands now. */
  revision: number;
  /** `replayed`: this version was known already, with the same content. */
  outcome: 'corrected' | 'voided' | 'replayed';
}
export class ShipmentEffect {
  /**
   * GOODS_ISSUE, LABEL, ERP_DELIVERY, ASN, CHANNEL_FULFILMENT, ERP_INVOICE, FREIGHT_ACCRUAL, NOTICE; of a correction also
   * ERP_REVERSAL, CREDIT_MEMO, LABEL_VOID.
   */
  name: string;
  /** Version of the shipment that it belongs to; 1 is the first confirmation. */
  revision: number;
  state: 'PENDING' | 'DONE' | 'FAILED' | 'NOT_NEEDED';
  /** Document number, label id or the like. */
  reference?: string;
  /** Why it failed, why it is tried again, or why it is not needed. */
  error?: string;
  attempts: number;
}
export class ShipmentLineView {
  line: number;
  item: string;
  /** What left, base units: of the newest version. */
  quantity: string;
  /** What of it is billed: shipped, but not more than released and tolerated. */
  billable: string;
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
  /** VOIDED: nothing of it left after all. */
  status: 'CONFIRMED' | 'CORRECTED' | 'VOIDED';
  /** What the warehouse says now: 1 is its first word, each correction one more. */
  revision: number;
  carrier?: string;
  trackingNumbers: string[];
  tracking?: TrackingStatus;
  shipTo: AddressDto;
  lines: ShipmentLineView[];
  effects: ShipmentEffect[];
  /** What contradicts the release; the goods left all the same. Absent when nothing does. */
  findings?: ShipmentFinding[];
  /** Packages, lots, serials, papers, freight and proof as the warehouse named them. */
  content: ShipmentContent;
  version: number;
  updatedAt: string;
}
export class ConfirmShipmentResponse {
  /** PARKED: its order is not known yet, or a unit is not the item's; it is applied by itself when that changes. */
  outcome: 'confirmed' | 'replayed' | 'parked';
  shipmentId: string;
}
/** How much more than released may leave and be billed. The most exact entry counts: partner and item, partner, item, all. */
export class OverShipTolerance {
  /** Every partner when absent. */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** Every item when absent. */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Percent of the released quantity, 0 to 100, rounded down to 6 digits. @example "5" */
  @Matches(/^\d{1,3}(\.\d{1,3})?$/) percent: string;
}
export class PutOverShipTolerancesRequest {
  /** Each is set, or changed; one with 0 percent tolerates nothing. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OverShipTolerance)
  tolerances: OverShipTolerance[];
}
export class OverShipTolerances {
  tolerances: OverShipTolerance[];
}
export class OverShipTolerancesQuery {}
export class ShipmentQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  @IsString() @Length(1, 100) id: string;
}
export class RetryEffectRequest {
  @IsString() @Length(1, 100) id: string;
  /** @example "ERP_DELIVERY" */
  @IsIn([
    ...[
      'GOODS_ISSUE',
      'LABEL',
      'ERP_DELIVERY',
      'ASN',
      'CHANNEL_FULFILMENT',
      'ERP_INVOICE',
      'FREIGHT_ACCRUAL',
      'NOTICE',
    ],
    ...['ERP_REVERSAL', 'CREDIT_MEMO', 'LABEL_VOID'],
  ])
  effect: string;
  /** Version that the effect belongs to; default the newest one that failed. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) revision?: number;
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
