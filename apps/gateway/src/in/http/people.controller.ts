import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { PeopleService } from '../../people/people.service';
import { ChosenId, PersonEmail } from './path-ids';
import { PeopleList, PersonView, PutPersonBody } from './people.dto';
import { personView } from './person-view';

/** Who may sign in for a partner. Nobody is let in who is not named here. */
@Controller('admin/v1/partners/:id/people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  /** People of a partner, also those who are let in no longer. */
  @Get()
  @ChosenId()
  @Scope('admin:partners:read')
  async list(@Param('id') id: string): Promise<PeopleList> {
    return { people: (await this.people.list(id)).map(personView) };
  }

  /** Invites a person, or changes what it may do. It signs in with the account of that address at the identity provider. */
  @Put(':email')
  @ChosenId()
  @PersonEmail()
  @Scope('admin:partners:write')
  async put(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('email') email: string,
    @Body() { reason, ...body }: PutPersonBody,
  ): Promise<PersonView> {
    const act = { actor: caller.keyId, ...(reason !== undefined && { reason }) };
    return personView(await this.people.put({ partner: id, email, ...body }, act));
  }
}
