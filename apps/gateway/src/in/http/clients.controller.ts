import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, Scope, SecondCall } from '#service/operation';
import { OwnClients } from '../../oauth/own-clients';
import { FiguresStore } from '../../requests/figures.store';
import { clientView, newClientView } from './client-views';
import { ClientList, ClientView, CreateClientBody, NewClientView, RevokeClientBody, RotateClientBody } from './clients.dto'; // prettier-ignore
import { useOf } from './key-views';
import { ClientId } from './path-ids';

/** A partner's OAuth clients: programs that ask `POST /oauth/token` for tokens. An answer with a secret is never kept, so these take no Idempotency-Key. */
@Controller('account/v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: OwnClients,
    private readonly figures: FiguresStore,
  ) {}

  /** All clients of the partner, also revoked ones, and how much each calls. */
  @Get()
  @Scope('account:keys:read')
  async list(@CurrentCaller() caller: Caller): Promise<ClientList> {
    const [clients, uses] = await Promise.all([this.clients.list(caller), this.figures.keyUse(caller.partner)]);
    return { clients: clients.map((client) => ({ ...clientView(client), ...useOf(client.id, uses) })) };
  }

  /** Makes a client and shows its secret, once. More rights than the caller has: 403. When the answer is lost, revoke the client and make another. */
  @Post()
  @SecondCall('makes another client, which can be revoked: a secret is never answered twice')
  @Scope('account:keys:write')
  @Cost(10)
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateClientBody): Promise<NewClientView> {
    return newClientView(await this.clients.create(caller, body));
  }

  /** Makes a second secret and shows it, once; both work for `overlapHours`. */
  @Post(':id/rotate')
  @ClientId('id')
  @SecondCall('makes another secret: one is never answered twice')
  @Scope('account:keys:write')
  @Cost(10)
  async rotate(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { overlapHours, reason }: RotateClientBody,
  ): Promise<NewClientView> {
    return newClientView(await this.clients.rotate(caller, id, overlapHours ?? 24, reason));
  }

  /** Stops a client and all its tokens for good, everywhere within five seconds. */
  @Post(':id/revoke')
  @ClientId('id')
  @HttpCode(200)
  @SecondCall('is refused, or finds it revoked')
  @Scope('account:keys:write')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { reason }: RevokeClientBody,
  ): Promise<ClientView> {
    return clientView(await this.clients.revoke(caller, id, reason));
  }
}
