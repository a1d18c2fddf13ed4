import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope, SecondCall } from '#service/operation';
import { AccessTokens } from '../../oauth/access-tokens';
import { ClientsService } from '../../oauth/clients.service';
import { SigningKeys } from '../../oauth/signing-keys';
import { actOf } from '../../partners/own-keys';
import { PartnersService } from '../../partners/partners.service';
import { clientView, newClientView } from './client-views';
import { ClientList, ClientView, CreatePartnerClientBody, NewClientView, RevokeClientBody, RotateSigningKeyBody, SigningKeyView } from './clients.dto'; // prettier-ignore
import { ChosenId, ClientId } from './path-ids';

/** OAuth clients of partners, and the keys that sign their tokens, for those who run the installation. */
@Controller('admin/v1')
export class PartnerClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly partners: PartnersService,
    private readonly tokens: AccessTokens,
    private readonly signing: SigningKeys,
  ) {}

  /** All clients of a partner, also revoked ones. */
  @Get('partners/:id/clients')
  @ChosenId()
  @Scope('admin:partners:read')
  async list(@Param('id') id: string): Promise<ClientList> {
    await this.partners.partner(id);
    return { clients: (await this.clients.list(id)).map(clientView) };
  }

  /** Makes a client for a partner: with a secret, shown once, or one whose tokens another issuer makes. */
  @Post('partners/:id/clients')
  @ChosenId()
  @SecondCall('makes another client, which can be revoked: a secret is never answered twice')
  @Scope('admin:partners:write')
  async create(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { reason, ...client }: CreatePartnerClientBody,
  ): Promise<NewClientView> {
    if (client.external !== undefined && !this.tokens.isTrusted(client.external.issuer))
      throw untrusted(client.external);
    return newClientView(await this.clients.create({ ...client, partner: id }, actOf(caller, reason)));
  }

  /** Stops a partner's client and all its tokens for good, everywhere within five seconds. */
  @Post('partners/:id/clients/:client/revoke')
  @ChosenId()
  @ClientId('client')
  @HttpCode(200)
  @SecondCall('is refused, or finds it revoked')
  @Scope('admin:partners:write')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('client') client: string,
    @Body() { reason }: RevokeClientBody,
  ): Promise<ClientView> {
    return clientView(await this.clients.revoke(id, client, actOf(caller, reason)));
  }

  /** A new key signs access tokens from now on; it is exchanged by itself every 30 days. */
  @Post('signing-keys/rotate')
  @HttpCode(200)
  @SecondCall('makes another signing key; tokens of those before are taken until they end')
  @Scope('admin:partners:write')
  async rotateSigningKey(
    @CurrentCaller() caller: Caller,
    @Body() { withdraw, reason }: RotateSigningKeyBody,
  ): Promise<SigningKeyView> {
    return { kid: await this.signing.rotate(withdraw, actOf(caller, reason)) };
  }
}

function untrusted({ issuer }: { issuer: string }): CrossdockError {
  return new CrossdockError({
    code: 'TOKEN_ISSUER_UNKNOWN',
    kind: 'invalid',
    message: `${issuer} is not one of CROSSDOCK_TOKEN_ISSUERS`,
  });
}
