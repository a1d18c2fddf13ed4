import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { Caller } from '#service/caller';
import { actOf } from '../partners/own-keys';
import { PeopleService, type Invitation } from './people.service';
import type { PersonRow } from './people.store';

/** A partner's own team, looked after by the partner itself. */
@Injectable()
export class OwnPeople {
  constructor(private readonly people: PeopleService) {}

  list({ partner }: Caller): Promise<PersonRow[]> {
    return this.people.list(partner);
  }

  /**
   * Who is let in may make live keys when it is an admin, so only what is live itself may say so: an admin, or a live key. Errors:
   * MODE_NOT_HELD, LAST_ADMIN, PERSON_ELSEWHERE.
   */
  async put(caller: Caller, invitation: Omit<Invitation, 'partner' | 'rebind'>, reason?: string): Promise<PersonRow> {
    if (caller.mode !== 'live')
      throw new CrossdockError({
        code: 'MODE_NOT_HELD',
        kind: 'forbidden',
        message: 'a test key, or a person who is no admin, cannot say who may sign in',
      });
    const act = actOf(caller, reason);
    return this.people.put({ ...invitation, partner: caller.partner }, act, { keepsAnAdmin: true });
  }
}
