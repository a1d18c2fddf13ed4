import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope, SecondCall } from '#service/operation';
import { PartnersService } from '../../partners/partners.service';
import { PartnersStore, type PartnerRow } from '../../partners/partners.store';
import { KeyList, KeyView, NewKeyView, RevokeKeyBody } from './account.dto';
import { keyView, newKeyView } from './key-views';
import { ChosenId, KeyId } from './path-ids';
import { IssuePartnerKeyBody, ListPartnersQuery, PartnerPage, PartnerView, PutPartnerBody } from './partners.dto';

const PAGE = 50;
const LIST = 'partners';

/** Partners and their keys, for those who run the installation. */
@Controller('admin/v1/partners')
export class PartnersController {
  constructor(
    private readonly partners: PartnersService,
    private readonly store: PartnersStore,
  ) {}

  /** Partners by id. */
  @Get()
  @Scope('admin:partners:read')
  async list(@Query() { cursor, limit = PAGE }: ListPartnersQuery): Promise<PartnerPage> {
    const [after = ''] = decodeCursor(cursor, ['text'], LIST, {}) ?? [];
    const rows = await this.store.partners(limit + 1, after);
    const partners = rows.slice(0, limit).map(partnerView);
    const last = partners.at(-1);
    return { partners, ...(rows.length > limit && last !== undefined && { next: encodeCursor([last.id], LIST, {}) }) };
  }

  /** One partner. Unknown: 404 PARTNER_UNKNOWN. */
  @Get(':id')
  @ChosenId()
  @Scope('admin:partners:read')
  async get(@Param('id') id: string): Promise<PartnerView> {
    return partnerView(await this.partners.partner(id));
  }

  /** Creates or changes a partner. It has no key yet; nothing restarts. */
  @Put(':id')
  @ChosenId()
  @Scope('admin:partners:write')
  async put(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { reason, ...body }: PutPartnerBody,
  ): Promise<PartnerView> {
    const { partner } = await this.partners.putPartner({ id, ...body }, { actor: caller.keyId, ...(reason !== undefined && { reason }) }); // prettier-ignore
    return partnerView(partner);
  }

  /** All keys of a partner, also those that work no longer. */
  @Get(':id/keys')
  @ChosenId()
  @Scope('admin:partners:read')
  async keys(@Param('id') id: string): Promise<KeyList> {
    await this.get(id);
    return { keys: (await this.store.listKeys(id)).map(keyView) };
  }

  /** Makes a key for a partner and shows it, once. */
  @Post(':id/keys')
  @ChosenId()
  @SecondCall('makes another key, which can be revoked: a secret is never answered twice')
  @Scope('admin:partners:write')
  async issue(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { reason, ...key }: IssuePartnerKeyBody,
  ): Promise<NewKeyView> {
    const act = { actor: caller.keyId, ...(reason !== undefined && { reason }) };
    return newKeyView(await this.partners.issueKey({ ...key, partner: id }, act));
  }

  /** Stops a partner's key for good, everywhere within five seconds. */
  @Post(':id/keys/:key/revoke')
  @ChosenId()
  @KeyId('key')
  @HttpCode(200)
  @SecondCall('is refused: KEY_DEAD')
  @Scope('admin:partners:write')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('key') key: string,
    @Body() { reason }: RevokeKeyBody,
  ): Promise<KeyView> {
    await this.partners.revokeKey(id, key, { actor: caller.keyId, reason });
    return keyView(await this.partners.key(id, key));
  }
}

function partnerView({ id, name, active, createdAt }: PartnerRow): PartnerView {
  return { id, name, active, createdAt: createdAt.toISOString() };
}
