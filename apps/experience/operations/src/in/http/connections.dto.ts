import { IsArray, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ID_PATTERN } from '#contracts/values.dto';

export class PutConnectionBody {
  /** One of the products of this kind. @example "generic-rest" */
  @Matches(ID_PATTERN) product: string;
  /** As the product's schema says. */
  @IsObject() settings: Record<string, unknown>;
  /** Kept encrypted, never shown again. Absent keeps those stored. */
  @IsOptional() @IsObject() credentials?: Record<string, string>;
  /** All of the product's when absent. */
  @IsOptional() @IsArray() @IsString({ each: true }) abilities?: string[];
}
export class ReconcileBody {
  /** erp: sales-order, cancellation, delivery, invoice, delivery-reversal, credit-memo, freight-accrual. @example "invoice" */
  @IsString() @Length(1, 40) kind: string;
}
export class PauseBody {
  /** @example "planned maintenance" */
  @IsString() @Length(1, 200) reason: string;
}
