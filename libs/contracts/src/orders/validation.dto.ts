import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, MoneyDto, QUANTITY_PATTERN } from '../values.dto';

/** The checks of an order, in the order of domain/order-to-cash.md §3. STRUCTURE is what makes it no order at all. */
export const ORDER_CHECKS = [
  'STRUCTURE',
  'PARTNER',
  'DUPLICATE',
  'CUSTOMER',
  'SHIP_TO',
  'TERMS',
  'CREDIT',
  'ITEM',
  'ELIGIBILITY',
  'UNIT',
  'MULTIPLE',
  'PRICE',
  'TAX',
  'DATES',
  'AVAILABILITY',
  'COMPLIANCE',
  'TOTALS',
  'ROUTING',
] as const;
export type OrderCheck = (typeof ORDER_CHECKS)[number];

/** REJECT refuses the order, or drops the line; HOLD stops it for a person; FIX takes our value; WARN only says so. */
export const SEVERITIES = ['REJECT', 'HOLD', 'FIX', 'WARN'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that a check found. */
export class OrderFinding {
  check: OrderCheck;
  /** @example "PRICE_MISMATCH" */
  code: string;
  severity: Severity;
  detail: string;
  /** RFC 6901 pointer into the order as sent. @example "/lines/0/unitPrice" */
  pointer?: string;
  /** The line it concerns alone; the whole order when absent. @example 1 */
  line?: number;
  /** What was sent. */
  seen?: string;
  /** What would have been accepted. */
  expected?: string;
}

/** Checks whose severity a policy may set, and what each may become. */
export const ADJUSTABLE_CHECKS = [
  'PARTNER',
  'CUSTOMER',
  'SHIP_TO',
  'TERMS',
  'CREDIT',
  'ITEM',
  'ELIGIBILITY',
  'MULTIPLE',
  'PRICE',
  'TAX',
  'DATES',
  'COMPLIANCE',
  'TOTALS',
  'ROUTING',
] as const satisfies readonly OrderCheck[];
export type AdjustableCheck = (typeof ADJUSTABLE_CHECKS)[number];

export class CheckSeverity {
  @IsIn(ADJUSTABLE_CHECKS) check: AdjustableCheck;
  /** FIX only where the check knows the right value: TERMS, MULTIPLE, PRICE. */
  @IsIn(SEVERITIES) severity: Severity;
}
export class PriceTolerance {
  /** Percent of our price. @example "1" */
  @Matches(QUANTITY_PATTERN) percent: string;
  /** Amount of one base unit; the larger allowance counts. @example "0.05" */
  @Matches(QUANTITY_PATTERN) absolute: string;
}
export class PurchaseOrderRule {
  /** True: upper and lower case make two numbers. */
  @IsOptional() @IsBoolean() caseSensitive?: boolean;
  /** True: `007` and `7` are one number. */
  @IsOptional() @IsBoolean() ignoreLeadingZeros?: boolean;
}
export class CarrierRule {
  @Matches(ID_PATTERN) carrier: string;
  /** Takes dangerous goods. */
  @IsBoolean() hazardous: boolean;
  /** Keeps the cold chain. */
  @IsBoolean() cold: boolean;
}

/** What is done with a customer's credit limit when the ERP does not say what the customer owes. */
export class CreditPolicyDto {
  /** Minutes for which the ERP's last answer is believed; 1440 when absent. @example 240 */
  @IsOptional() @IsInt() @Min(1) @Max(43_200) staleAfterMinutes?: number;
  /**
   * Without an answer that is believed: PASS lets an order go whose known figures fit, with a warning; HOLD holds it until the ERP
   * answers. PASS when absent.
   */
  @IsOptional() @IsIn(['PASS', 'HOLD']) whenUnknown?: 'PASS' | 'HOLD';
}

/** How orders of one partner are checked. What is absent is as for `*`, and there as the house has it. */
export class OrderPolicyDto {
  /** `*` for everybody. @example "harbour" */
  @Matches(ID_PATTERN) partner: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CheckSeverity)
  severities?: CheckSeverity[];
  @IsOptional() @ValidateNested() @Type(() => PriceTolerance) priceTolerance?: PriceTolerance;
  /** A code of an item or unit that names nothing: park that line until a mapping is there, or refuse the order. */
  @IsOptional() @IsIn(['PARK', 'REJECT']) missingMapping?: 'PARK' | 'REJECT';
  /** Standard whose unit codes the partner uses where it has none of its own. @example "X12" */
  @IsOptional() @Matches(ID_PATTERN) unitSystem?: string;
  /** What makes two purchase order numbers one, beside spaces at the ends. */
  @IsOptional() @ValidateNested() @Type(() => PurchaseOrderRule) purchaseOrder?: PurchaseOrderRule;
  @IsOptional() @ValidateNested() @Type(() => CreditPolicyDto) credit?: CreditPolicyDto;
  /** Which messages this installation takes from it. */
  @IsOptional() @IsIn(['PRODUCTION', 'TEST']) environment?: 'PRODUCTION' | 'TEST';
  /** Countries nothing is sent to, ISO 3166-1 alpha-2. @example ["KP"] */
  @IsOptional() @IsArray() @ArrayMaxSize(250) @Matches(/^[A-Z]{2}$/, { each: true }) embargoedCountries?: string[];
  /** What carriers may carry; those not named may carry anything. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CarrierRule)
  carriers?: CarrierRule[];
}
export class PutOrderPoliciesRequest {
  /** Each replaces the one of its partner. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => OrderPolicyDto)
  policies: OrderPolicyDto[];
}
export class PutOrderPoliciesResponse {
  stored: number;
}
export class OrderPoliciesQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
}
export class OrderPolicyList {
  policies: OrderPolicyDto[];
}

/** A quantity that can ship on a day. */
export class ValidatedSlice {
  /** Base units. */
  quantity: string;
  /** @example "2026-03-09" */
  shipDate: string;
}
/** What would be recorded of a line. */
export class ValidatedLine {
  line: number;
  /** Our item; absent while the code names nothing. */
  item?: string;
  /** Base units, after rounding up. */
  ordered?: string;
  baseUnit?: string;
  /** UNECE unit that the partner's code means, and how many base units one of it holds. */
  unit?: string;
  baseQuantityPerUnit?: string;
  /** Price of one base unit that would be in force. */
  unitPrice?: MoneyDto;
  /** ACCEPT, HOLD, PARK (its code names nothing yet), or DROP. */
  verdict: 'ACCEPT' | 'HOLD' | 'PARK' | 'DROP';
  /** What can be promised now; nothing is held by asking. */
  promised: ValidatedSlice[];
  /** Base units that nothing known covers. */
  unpromised?: string;
}
export class ValidateOrderResponse {
  /** REPLAY: this purchase order is known with this content; the order it would answer is in `order`. */
  verdict: 'ACCEPT' | 'HOLD' | 'REJECT' | 'REPLAY';
  /** Id of the order that has this purchase order number already. */
  order?: string;
  /** Everything that the checks found, REJECT first. */
  findings: OrderFinding[];
  lines: ValidatedLine[];
  /** Σ rounded lines + charges, at the prices that would be in force. */
  total?: MoneyDto;
}

export class RefusedOrdersQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** As it was sent. @example "PO-10042" */
  @IsOptional() @IsString() @Length(1, 64) purchaseOrder?: string;
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
/** An order, or a change of one, that was not taken. It is kept as it was sent, so that nothing is lost. */
export class RefusedOrder {
  /** @example "ref_019a3b6e8f1c7d2a9b4c5d6e7f801234" */
  id: string;
  partner: string;
  purchaseOrder: string;
  release?: string;
  /** @example "ORIGINAL" */
  purpose: string;
  /** Where it came in. @example "portal" */
  channel: string;
  /** Why. @example "ORDER_INVALID" */
  code: string;
  detail: string;
  findings: RefusedFinding[];
  /** How often this content was refused for this reason. */
  times: number;
  /** RFC 3339. */
  firstAt: string;
  lastAt: string;
  /** Of the last time: leads to its log lines, calls and messages. */
  correlationId: string;
  /** The order as it was sent, all of it. */
  content: Record<string, unknown>;
}
export class RefusedFinding {
  code: string;
  detail: string;
  /** Of what a check found. */
  severity?: Severity;
  pointer?: string;
  seen?: string;
  expected?: string;
}
export class RefusedOrderPage {
  orders: RefusedOrder[];
  next?: string;
}
