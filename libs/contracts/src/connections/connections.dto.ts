import { IsArray, IsObject, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { ID_PATTERN } from '../values.dto';

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
