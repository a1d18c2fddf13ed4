import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { OwnPeople } from '../../people/own-people';
import { PersonEmail } from './path-ids';
import { PeopleList, PersonView, PutOwnPersonBody } from './people.dto';
import { personView } from './person-view';

/** Who may sign in for the partner that calls. */
@Controller('account/v1/people')
export class OwnPeopleController {
  constructor(private readonly people: OwnPeople) {}

  /** People of the partner, also those who are let in no longer. */
  @Get()
  @Scope('account:people:read')
  async list(@CurrentCaller() caller: Caller): Promise<PeopleList> {
    return { people: (await this.people.list(caller)).map(personView) };
  }

  /**
   * Invites a person, or changes what it may do. For admins and live keys: others get 403 MODE_NOT_HELD. The last active admin stays one:
   * 409 LAST_ADMIN.
   */
  @Put(':email')
  @PersonEmail()
  @Scope('account:people:write')
  async put(
    @CurrentCaller() caller: Caller,
    @Param('email') email: string,
    @Body() { reason, ...body }: PutOwnPersonBody,
  ): Promise<PersonView> {
    return personView(await this.people.put(caller, { email, ...body }, reason));
  }
}
