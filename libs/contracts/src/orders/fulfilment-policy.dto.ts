import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { Type } from 'class-transformer';
import { ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';

export const PARTIAL_POLICIES = ['SHIP_COMPLETE_ORDER', 'SHIP_COMPLETE_LINE', 'PARTIAL_OK', 'FILL_OR_KILL'] as const;
const SUBSTITUTE_PRICES = ['LOWER', 'OWN'] as const;
/** How an order may be filled when not everything is there at once. */
export class FulfilmentPolicy {
  /**
   * What may leave before the rest: nothing of the order, nothing of a line, or any part. FILL_OR_KILL cancels all when something is
   * not on hand at once.
   */
  @IsIn(PARTIAL_POLICIES) partial: (typeof PARTIAL_POLICIES)[number];
  /** PARTIAL_OK: base units of a line that must be on hand before they leave without the rest of it. */
  @IsOptional() @Matches(POSITIVE_PATTERN) minQuantity?: string;
  /** PARTIAL_OK: in how many fulfilment orders it may leave. One is kept for the rest while something is to come. */
  @IsOptional() @IsInt() @Min(1) @Max(99) maxSplits?: number;
  /** False: what is neither on hand nor promised by the requested day is cancelled. */
  @IsBoolean() backorder: boolean;
  /** Where a quantity is looked for that a node does not find: there once more, at other nodes, or nowhere (it is cancelled). */
  @IsIn(['SAME_NODE', 'OTHER_NODE', 'CANCEL']) pickShort: 'SAME_NODE' | 'OTHER_NODE' | 'CANCEL';
  /** Consent: approved substitutes may be delivered for what is not there on time, where an order or a line says nothing. No when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
  /** What a substitute costs: the lower of its own price and that of what it stands for (also when absent), or its own. */
  @IsOptional() @IsIn(SUBSTITUTE_PRICES) substitutePrice?: (typeof SUBSTITUTE_PRICES)[number];
}
export class PartnerPolicyQuery {
  @Matches(ID_PATTERN) partner: string;
}
export class PutPartnerPolicyRequest {
  @Matches(ID_PATTERN) partner: string;
  @IsObject() @ValidateNested() @Type(() => FulfilmentPolicy) policy: FulfilmentPolicy;
  /** Who sets it. */
  @IsString() @Length(1, 100) who: string;
}
export class PartnerPolicy {
  partner: string;
  policy: FulfilmentPolicy;
  /** Absent: nobody has set one, and the house's way counts. */
  updatedBy?: string;
  updatedAt?: string;
}
