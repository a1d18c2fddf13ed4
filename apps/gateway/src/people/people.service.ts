import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { Database } from '#persistence/database';
import { AuditStore, type Act } from '../audit/audit.store';
import { unknownPartner } from '../partners/partners.service';
import { PartnersStore } from '../partners/partners.store';
import { PeopleStore, type PersonRow, type Role } from './people.store';

export interface Invitation {
  readonly partner: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active?: boolean;
  /** Lets in the next account that has this address, in place of the one that is bound. */
  readonly rebind?: boolean;
}

/** Who may sign in for a partner. Nobody else can: an account at the identity provider alone opens nothing. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly store: PeopleStore,
    private readonly partners: PartnersStore,
    private readonly audit: AuditStore,
  ) {}

  async list(partner: string): Promise<PersonRow[]> {
    if ((await this.partners.partner(partner)) === undefined) throw unknownPartner(partner);
    return this.store.people(partner);
  }

  /**
   * Invites a person, or changes name, role or access. With `keepsAnAdmin` not so that nobody is left who may invite others. Errors:
   * PARTNER_UNKNOWN, PERSON_ELSEWHERE, LAST_ADMIN.
   */
  put(
    invitation: Invitation,
    act: Act = { actor: 'installation' },
    { keepsAnAdmin = false }: { keepsAnAdmin?: boolean } = {},
  ): Promise<PersonRow> {
    const { partner, name, role, active = true, rebind = false } = invitation;
    const email = invitation.email.toLowerCase();
    return this.database.transaction(async (tx) => {
      if ((await this.partners.partnerForUpdate(tx, partner)) === undefined) throw unknownPartner(partner);
      const before = await this.store.byEmail(tx, email);
      if (before !== undefined && before.partner !== partner)
        throw new CrossdockError({
          code: 'PERSON_ELSEWHERE',
          kind: 'conflict',
          message: 'this address already signs in for another partner',
        });
      const id = before?.id ?? newId('person');
      if (rebind) await this.store.unbind(tx, id);
      const after = await this.store.put(tx, { id, partner, email, name, role, active });
      if (keepsAnAdmin && isAdmin(before) && !(await this.store.people(partner, tx)).some(isAdmin)) throw lastAdmin();
      if (before === undefined || saidOf(before) !== saidOf(after)) {
        const change = { ...(before && { before: rightsOf(before) }), after: rightsOf(after) };
        await this.audit.append(tx, {
          ...act,
          action: 'person.put',
          object: `partner/${partner}/person/${id}`,
          ...change,
        });
      }
      return after;
    });
  }
}

function isAdmin(person: PersonRow | undefined): boolean {
  return person?.role === 'admin' && person.active;
}

function lastAdmin(): CrossdockError {
  return new CrossdockError({
    code: 'LAST_ADMIN',
    kind: 'conflict',
    message: 'nobody else is an admin: make another one first',
  });
}

function rightsOf({ name, role, active, bound }: PersonRow): object {
  return { name, role, active, bound };
}

function saidOf(person: PersonRow): string {
  return JSON.stringify(rightsOf(person));
}
