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
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { TrackingStatus } from '#canonical/order';
import { AddressDto, ID_PATTERN, MoneyDto, POSITIVE_PATTERN } from '../values.dto';

export class ParcelDto {
  @IsString() @Length(1, 50) id: string;
  /** Kilograms. @example "2.4" */
  @Matches(POSITIVE_PATTERN) weightKg: string;
}
export class RateRequest {
  @Matches(ID_PATTERN) connection: string;
  @IsObject() @ValidateNested() @Type(() => AddressDto) shipFrom: AddressDto;
  @IsObject() @ValidateNested() @Type(() => AddressDto) shipTo: AddressDto;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ParcelDto)
  parcels: ParcelDto[];
}
export class Rate {
  service: string;
  carrier: string;
  price: MoneyDto;
  deliveryDays?: number;
}
export class RateResponse {
  rates: Rate[];
}
export class BuyLabelRequest extends RateRequest {
  /** Our shipment id: at most one live label set exists for it. */
  @IsString() @Length(1, 100) businessKey: string;
  /** The connection's default service when absent. */
  @IsOptional() @IsString() @MaxLength(60) service?: string;
}
export class LabelResult {
  businessKey: string;
  label: string;
  carrier: string;
  service: string;
  trackingNumbers: string[];
  cost: MoneyDto;
  outcome: 'created' | 'existing';
}
export class VoidLabelRequest {
  @Matches(ID_PATTERN) connection: string;
  @IsString() @Length(1, 100) businessKey: string;
}
export class VoidLabelResponse {
  outcome: 'voided' | 'already-voided' | 'refused';
  detail?: string;
}
export class TrackQuery {
  @Matches(ID_PATTERN) connection: string;
  @IsString() @Length(1, 64) trackingNumber: string;
}
export class TrackingState {
  trackingNumber: string;
  status: TrackingStatus;
  occurredAt: string;
  detail?: string;
}
