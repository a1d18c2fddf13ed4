import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator'; // prettier-ignore
import { ID_PATTERN, MoneyDto } from '../values.dto';

export class AbilityView {
  /** @example "canReportFulfilment" */
  name: string;
  description: string;
}
export class ProductView {
  /** @example "tryton" */
  product: string;
  title: string;
  /** JSON schema of the settings a connection of this product needs. */
  settings: Record<string, unknown>;
  /** Names of the secrets it needs. */
  credentials: string[];
  abilities: AbilityView[];
}
export class ProductList {
  products: ProductView[];
}
export class PutConnectionRequest {
  /** @example "wms-north" */
  @Matches(ID_PATTERN) id: string;
  /** @example "generic-rest" */
  @Matches(ID_PATTERN) product: string;
  /** Checked against the product's schema: SETTINGS_INVALID (invalid) lists every fault. */
  @IsObject() settings: Record<string, unknown>;
  /** Kept encrypted, never shown again. Absent keeps those stored. */
  @IsOptional() @IsObject() credentials?: Record<string, string>;
  /** All of the product's when absent. */
  @IsOptional() @IsArray() @IsString({ each: true }) abilities?: string[];
}
export class ConnectionView {
  id: string;
  product: string;
  settings: Record<string, unknown>;
  /** Names of the stored secrets; never their values. */
  credentials: string[];
  abilities: string[];
  state: 'ACTIVE' | 'PAUSED';
  pausedReason?: string;
  version: number;
  updatedAt: string;
}
export class ConnectionList {
  connections: ConnectionView[];
}
export class ConnectionQuery {
  @Matches(ID_PATTERN) id: string;
}
export class PauseConnectionRequest {
  @Matches(ID_PATTERN) id: string;
  @IsString() @Length(1, 200) reason: string;
}
export class ConnectionTestStep {
  name: string;
  ok: boolean;
  detail?: string;
  milliseconds: number;
}
export class ConnectionTest {
  ok: boolean;
  steps: ConnectionTestStep[];
}
export class ConnectionDiagnostics {
  id: string;
  state: 'ACTIVE' | 'PAUSED';
  breaker: 'closed' | 'open' | 'half-open';
  inFlight: number;
  /** Since the process started. */
  calls: number;
  failures: number;
  lastSuccessAt?: string;
  lastFailureAt?: string;
  @MaxLength(2000) lastFailure?: string;
}
export class ListConnectionsQuery {}
export class PostingsQuery {
  /** @example "invoice" */
  @IsOptional() @IsString() @Length(1, 40) kind?: string;
  /** OPEN: not answered yet. REFUSED: the backend said no; nothing was made. */
  @IsOptional() @IsIn(['OPEN', 'DONE', 'REFUSED']) state?: 'OPEN' | 'DONE' | 'REFUSED';
  @IsOptional() @Matches(ID_PATTERN) connection?: string;
  /** The one with this key, of every kind that has it. */
  @IsOptional() @IsString() @Length(1, 200) businessKey?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class PostingView {
  /** erp: sales-order, cancellation, delivery, invoice, delivery-reversal, credit-memo, freight-accrual. tms: label. */
  kind: string;
  /** Ours; at most one document of the kind exists for it in the backend. */
  businessKey: string;
  connection: string;
  state: 'OPEN' | 'DONE' | 'REFUSED';
  /** Number in the backend, read back from it. */
  documentNumber?: string;
  /** Net amount, where the backend tells it. */
  total?: MoneyDto;
  /** Day under which it was posted, where its own period was closed. */
  postingDate?: string;
  attempts: number;
  lastError?: string;
  createdAt: string;
  updatedAt: string;
}
export class PostingPage {
  /** By kind and business key. */
  postings: PostingView[];
  /** Absent on the last page. */
  next?: string;
}
export class ReconcileRequest {
  @Matches(ID_PATTERN) id: string;
  /** @example "invoice" */
  @IsString() @Length(1, 40) kind: string;
}
export class PostingDifference {
  /** MISSING: the ledger has it, the backend has not. UNEXPECTED: the backend has it, the ledger has not. DIFFERENT: another number. REPEATED: the backend has it more than once. */
  difference: 'MISSING' | 'UNEXPECTED' | 'DIFFERENT' | 'REPEATED';
  businessKey: string;
  /** Number in the ledger. */
  posted?: string;
  /** Number or numbers in the backend. */
  found?: string[];
}
export class Reconciliation {
  connection: string;
  kind: string;
  /** Documents in the ledger. */
  posted: number;
  /** Documents in the backend. */
  found: number;
  /** In both with the same number, once. */
  equal: number;
  /** At most 500; `more` says when there are others. */
  differences: PostingDifference[];
  more: boolean;
}
