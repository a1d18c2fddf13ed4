import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';

export class PersonView {
  /** @example "person_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  /** The address that the identity provider has verified. @example "dora@harbour.example" */
  email: string;
  name: string;
  /** viewer sees; developer also makes and stops test keys; admin also live keys. */
  role: 'viewer' | 'developer' | 'admin';
  /** Is let in. */
  active: boolean;
  /** Has signed in before; from then on only that account is let in under this address. */
  bound: boolean;
}
export class PeopleList {
  /** By address. */
  people: PersonView[];
}
export class PutOwnPersonBody {
  /** @example "Dora Developer" */
  @IsString() @Length(1, 120) name: string;
  /** viewer sees; developer also makes and stops test keys; admin also live keys. @example "developer" */
  @IsIn(['viewer', 'developer', 'admin']) role: 'viewer' | 'developer' | 'admin';
  /** False: out within five seconds. Default true. */
  @IsOptional() @IsBoolean() active?: boolean;
  /** Why, for the audit log. */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class PutPersonBody extends PutOwnPersonBody {
  /** True: forgets the account that is bound, ends its sessions, and lets in the next one that has this address. */
  @IsOptional() @IsBoolean() rebind?: boolean;
}
