import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  AddressDto,
  DATE_PATTERN,
  ID_PATTERN,
  MoneyDto,
  POSITIVE_PATTERN,
  QUANTITY_PATTERN,
  SIGNED_PATTERN,
  TIME_PATTERN,
} from '../values.dto';

export class ErpOrderLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** Base units. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  /** UNECE code of the base unit. */
  @Matches(/^[A-Z0-9]{2,3}$/) unit: string;
  /** Price of one base unit. */
  @IsOptional() @ValidateNested() @Type(() => MoneyDto) unitPrice?: MoneyDto;
}
export class ErpCharge {
  @IsString() @Length(1, 30) code: string;
  @IsOptional() @IsString() @MaxLength(200) description?: string;
  @IsObject() @ValidateNested() @Type(() => MoneyDto) amount: MoneyDto;
}
export class CreateSalesOrderRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Our order id: at most one sales order exists for it in the ERP. */
  @IsString() @Length(1, 100) businessKey: string;
  @Matches(ID_PATTERN) customer: string;
  @IsString() @Length(1, 64) purchaseOrder: string;
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  @Matches(/^[A-Z]{3}$/) currency: string;
  @IsObject() @ValidateNested() @Type(() => AddressDto) shipTo: AddressDto;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpOrderLine)
  lines: ErpOrderLine[];
  @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => ErpCharge) charges: ErpCharge[];
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
}
export class ErpQuantityLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  @Matches(POSITIVE_PATTERN) quantity: string;
}
export class CancelSalesOrderRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Business key of the sales order. */
  @IsString() @Length(1, 100) salesOrder: string;
  /** Names this cancellation. */
  @IsString() @Length(1, 200) businessKey: string;
  /** What is cancelled; everything not delivered when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpQuantityLine)
  lines?: ErpQuantityLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class PostDeliveryRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Our shipment id: at most one delivery (goods issue) exists for it. */
  @IsString() @Length(1, 110) businessKey: string;
  /** Business key of the sales order. */
  @IsString() @Length(1, 100) salesOrder: string;
  @Matches(ID_PATTERN) node: string;
  @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) shippedAt: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpQuantityLine)
  lines: ErpQuantityLine[];
  @IsOptional() @IsString() @MaxLength(64) trackingNumber?: string;
}
export class PostInvoiceRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Our shipment id: exactly one invoice per shipment and bill-to. */
  @IsString() @Length(1, 110) businessKey: string;
  @IsString() @Length(1, 100) salesOrder: string;
  /** Business key of the delivery it bills. */
  @IsString() @Length(1, 110) delivery: string;
  /** Business date; the day on which the goods left. */
  @IsOptional() @Matches(DATE_PATTERN) documentDate?: string;
  /** Billed with the goods, e.g. freight that is prepaid and charged. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ErpCharge)
  charges?: ErpCharge[];
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpQuantityLine)
  lines: ErpQuantityLine[];
}
/** Takes back a part of a goods issue: what did not leave after all. The ERP's stock at the node goes up again. */
export class ReverseDeliveryRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Names this reversal: our shipment id and the version of the correction. */
  @IsString() @Length(1, 110) businessKey: string;
  /** Business key of the sales order. */
  @IsString() @Length(1, 100) salesOrder: string;
  /** Business key of the delivery that said too much. */
  @IsString() @Length(1, 110) delivery: string;
  @Matches(ID_PATTERN) node: string;
  /** Business date; the day on which it left. */
  @Matches(DATE_PATTERN) documentDate: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpQuantityLine)
  lines: ErpQuantityLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
/** Gives back what an invoice billed too much, at the prices of the sales order. */
export class PostCreditMemoRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Names this credit memo: our shipment id and the version of the correction. */
  @IsString() @Length(1, 110) businessKey: string;
  @IsString() @Length(1, 100) salesOrder: string;
  /** Business key of the invoice. */
  @IsString() @Length(1, 110) invoice: string;
  @Matches(DATE_PATTERN) documentDate: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ErpQuantityLine)
  lines: ErpQuantityLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
/** What the carrier will bill us: freight expense to accrued freight (order-to-cash.md §9). */
export class AccrueFreightRequest {
  @Matches(ID_PATTERN) connection: string;
  /** Our shipment id: at most one accrual exists for it. */
  @IsString() @Length(1, 110) businessKey: string;
  /** Business key of the delivery. */
  @IsString() @Length(1, 110) delivery: string;
  @Matches(DATE_PATTERN) documentDate: string;
  @IsObject() @ValidateNested() @Type(() => MoneyDto) amount: MoneyDto;
  /** SCAC or carrier code. */
  @IsOptional() @IsString() @MaxLength(30) carrier?: string;
}
export class PostingResult {
  businessKey: string;
  /** Number of the document in the ERP. */
  documentNumber: string;
  /** `existing`: it was there already; nothing was posted by this call. */
  outcome: 'created' | 'existing';
  /** Net amount of the document, where the ERP tells it: invoices and credit memos. */
  total?: MoneyDto;
  /** Day under which the ERP posted it, where that is not its business date because the period was closed. */
  postingDate?: string;
}
export class ErpStockQuery {
  @Matches(ID_PATTERN) connection: string;
  @Matches(ID_PATTERN) node: string;
  @IsOptional() @IsString() @MaxLength(10000) items?: string;
}
export class ErpStockLine {
  item: string;
  onHand: string;
}
export class ErpStock {
  asOf: string;
  lines: ErpStockLine[];
}
export class SyncMasterDataRequest {
  @Matches(ID_PATTERN) connection: string;
}
export class SyncMasterDataResponse {
  items: number;
  customers: number;
  prices: number;
}
export class ErpReceivablesQuery {
  @Matches(ID_PATTERN) connection: string;
  /** Customers as the ERP knows them; at most 200. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(200) @Matches(ID_PATTERN, { each: true }) customers: string[];
}
/** What one customer owes by the ERP's books, all in one currency. */
export class CustomerReceivables {
  @Matches(ID_PATTERN) customer: string;
  /** @example "GBP" */
  @Matches(/^[A-Z]{3}$/) currency: string;
  /** Posted and not paid, less payments that settle nothing yet; negative when the customer has paid too much. */
  @Matches(SIGNED_PATTERN) receivables: string;
  /** Of `receivables`: what should have been paid by now. */
  @Matches(SIGNED_PATTERN) overdue: string;
  /** Billed elsewhere than through us and not posted yet; what we bill ourselves is counted by orders. */
  @IsOptional() @Matches(QUANTITY_PATTERN) billedNotPosted?: string;
  /** The customer's limit, where the ERP keeps one. */
  @IsOptional() @Matches(QUANTITY_PATTERN) creditLimit?: string;
}
export class ErpReceivables {
  /** When the ERP was asked: everything that it had posted by then is in. */
  asOf: string;
  /** Those asked for that it knows. */
  customers: CustomerReceivables[];
}
