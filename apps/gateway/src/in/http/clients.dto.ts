import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { Type } from 'class-transformer';
import { SCOPE_PATTERN } from '../../partners/partners.service';
import { CredentialUse } from './account.dto';
import { SLUG_PATTERN } from './path-ids';

export class ClientSecretView {
  /** Beginning and end of the secret, to recognise it by. @example "cds_live_Ab3d…9XyZ" */
  hint: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339: works until then, because it has a successor. */
  expiresAt?: string;
}
export class ClientView {
  /** What OAuth calls `client_id`. @example "app_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  /** What its owner calls it. @example "warehouse sync" */
  name: string;
  mode: 'live' | 'test';
  /** What its tokens may do at most. @example ["portal:orders:read"] */
  scopes: string[];
  /** The plan whose quotas it takes from. @example "standard" */
  plan: string;
  /** The issuer that makes its tokens; absent when we do. @example "https://login.example.com" */
  issuer?: string;
  /** What it is called there. @example "harbour-sync" */
  externalId?: string;
  /** Secrets that work, oldest first: one, or two while they are exchanged; none where another issuer makes the tokens. */
  secrets: ClientSecretView[];
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339: its tokens work no longer. */
  revokedAt?: string;
}
export class ListedClient extends ClientView {
  /** Absent while it has not called, or not for as long as calls are kept (90 days unless the installation says otherwise). */
  use?: CredentialUse;
}
export class ClientList {
  /** Oldest first, also those that were revoked. */
  clients: ListedClient[];
}
export class NewClientView extends ClientView {
  /** The secret itself. It is shown here and never again: only its hash is kept. Absent where another issuer makes the tokens. */
  secret?: string;
}
export class CreateClientBody {
  /** What you call it. @example "warehouse sync" */
  @IsString() @Length(1, 80) name: string;
  /** A test key can make test clients only. @example "test" */
  @IsIn(['live', 'test']) mode: 'live' | 'test';
  /** `portal:orders:read`, `portal:orders:*` or `portal:*`; none that the caller does not have. @example ["portal:orders:read"] */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @Matches(SCOPE_PATTERN, { each: true }) scopes: string[];
  /** Why, for the audit log. @example "nightly synchronisation" */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class ExternalClientDto {
  /** One of the issuers the installation trusts. @example "https://login.example.com" */
  @IsString() @Length(1, 300) issuer: string;
  /** What its tokens say in `client_id`, or `azp`. @example "harbour-sync" */
  @IsString() @Length(1, 200) clientId: string;
}
export class CreatePartnerClientBody extends CreateClientBody {
  /** Unless given: `standard`. @example "standard" */
  @IsOptional() @Matches(SLUG_PATTERN) plan?: string;
  /** Where another issuer makes the tokens. */
  @IsOptional() @ValidateNested() @Type(() => ExternalClientDto) external?: ExternalClientDto;
}
export class RotateClientBody {
  /** Hours for which the old secret still works: 0 to 168, default 24. @example 24 */
  @IsOptional() @IsInt() @Min(0) @Max(168) overlapHours?: number;
  /** Why, for the audit log. */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class RevokeClientBody {
  /** Why, for the audit log. @example "was in a log file" */
  @IsString() @Length(1, 500) reason: string;
}
export class RotateSigningKeyBody {
  /** True: no token that an older key signed works any more. False: they live out their ten minutes. @example false */
  @IsBoolean() withdraw: boolean;
  /** Why, for the audit log. @example "yearly exchange" */
  @IsString() @Length(1, 500) reason: string;
}
export class SigningKeyView {
  /** Id of the key that signs now, as tokens name it in `kid`. */
  kid: string;
}
