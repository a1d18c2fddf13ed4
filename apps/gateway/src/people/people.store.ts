import { Injectable } from '@nestjs/common';
import { Database, type Queryable, type Transaction } from '#persistence/database';

/** viewer: sees; developer: also test keys; admin: also live keys. */
export type Role = 'viewer' | 'developer' | 'admin';

export interface PersonRow {
  readonly id: string;
  readonly partner: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  /** Has signed in before: only that account of the identity provider is let in from then on. */
  readonly bound: boolean;
}
export interface SessionRow extends PersonRow {
  readonly partnerName: string;
  readonly csrf: string;
  readonly expiresAt: Date;
}
/** Whom the identity provider has let in. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** As the provider has verified it; undefined when it has not. */
  readonly email: string | undefined;
}
export interface StartedSignIn {
  readonly verifier: string;
  readonly nonce: string;
  readonly returnTo: string;
  readonly redirectUri: string;
}

const PERSON = `id, partner, email, name, role, active, subject is not null as bound`;

@Injectable()
export class PeopleStore {
  constructor(private readonly database: Database) {}

  async people(partner: string, db: Queryable = this.database.seenBy(partner)): Promise<PersonRow[]> {
    const { rows } = await db.query<PersonRow>(
      `select ${PERSON} from gateway.person where partner = $1 order by email`,
      [partner],
    );
    return rows;
  }

  async byEmail(db: Queryable, email: string): Promise<PersonRow | undefined> {
    const { rows } = await db.query<PersonRow>(`select ${PERSON} from gateway.person where email = $1`, [email]);
    return rows[0];
  }

  async put(tx: Transaction, person: Omit<PersonRow, 'bound'>): Promise<PersonRow> {
    const { rows } = await tx.query<PersonRow>(
      `insert into gateway.person (id, partner, email, name, role, active) values ($1, $2, $3, $4, $5, $6)
       on conflict (email) do update set name = excluded.name, role = excluded.role, active = excluded.active
       returning ${PERSON}`,
      [person.id, person.partner, person.email, person.name, person.role, person.active],
    );
    const [stored] = rows;
    if (stored === undefined) throw new Error(`${person.email} was not stored`);
    return stored;
  }

  /** Forgets the account that is bound to a person, and ends its sessions. */
  async unbind(tx: Transaction, id: string): Promise<void> {
    await tx.query(`update gateway.person set issuer = null, subject = null where id = $1`, [id]);
    await tx.query(`delete from gateway.session where person = $1`, [id]);
  }

  /** Who was bound to this account, or was invited by this address and is not bound yet: bound now. Active people only. */
  async recognise({ issuer, subject, email }: Identity): Promise<PersonRow | undefined> {
    const known = await this.database.query<PersonRow>(
      `select ${PERSON} from gateway.person where issuer = $1 and subject = $2 and active`,
      [issuer, subject],
    );
    if (known.rows[0] !== undefined || email === undefined) return known.rows[0];
    const invited = await this.database.query<PersonRow>(
      `update gateway.person p set issuer = $1, subject = $2
        where email = $3 and subject is null and active
          and not exists (select 1 from gateway.person o where o.issuer = $1 and o.subject = $2)
        returning ${PERSON}`,
      [issuer, subject, email.toLowerCase()],
    );
    return invited.rows[0];
  }

  async openSession(session: { hash: string; person: string; csrf: string; hours: number }): Promise<void> {
    await this.database.query(
      `insert into gateway.session (hash, person, csrf, expires_at) values ($1, $2, $3, now() + make_interval(hours => $4))`,
      [session.hash, session.person, session.csrf, session.hours],
    );
  }

  /** A session within its time, of an active person of an active partner. */
  async session(hash: string): Promise<SessionRow | undefined> {
    const { rows } = await this.database.query<SessionRow>(
      `select p.id, p.partner, p.email, p.name, p.role, p.active, true as bound, o.name as "partnerName", s.csrf,
              s.expires_at as "expiresAt"
         from gateway.session s
         join gateway.person p on p.id = s.person
         join gateway.partner o on o.id = p.partner
        where s.hash = $1 and s.expires_at > now() and p.active and o.active`,
      [hash],
    );
    return rows[0];
  }

  async closeSession(hash: string): Promise<void> {
    await this.database.query(`delete from gateway.session where hash = $1`, [hash]);
  }

  async startSignIn(stateHash: string, started: StartedSignIn): Promise<void> {
    await this.database.query(
      `insert into gateway.sign_in (state_hash, verifier, nonce, return_to, redirect_uri) values ($1, $2, $3, $4, $5)`,
      [stateHash, started.verifier, started.nonce, started.returnTo, started.redirectUri],
    );
  }

  /** A sign-in that began less than ten minutes ago; it can be taken once. */
  async takeSignIn(stateHash: string): Promise<StartedSignIn | undefined> {
    const { rows } = await this.database.query<StartedSignIn>(
      `delete from gateway.sign_in where state_hash = $1 and created_at > now() - interval '10 minutes'
       returning verifier, nonce, return_to as "returnTo", redirect_uri as "redirectUri"`,
      [stateHash],
    );
    return rows[0];
  }

  /** Sessions past their time and sign-ins that never came back. */
  async sweep(): Promise<void> {
    await this.database.query(`delete from gateway.session where expires_at < now()`);
    await this.database.query(`delete from gateway.sign_in where created_at < now() - interval '10 minutes'`);
  }
}
