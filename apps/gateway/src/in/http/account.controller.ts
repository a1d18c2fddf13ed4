import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, Scope, SecondCall } from '#service/operation';
import { OwnKeys } from '../../partners/own-keys';
import { FiguresStore } from '../../requests/figures.store';
import { AccountView, IssueKeyBody, KeyList, KeyView, NewKeyView, RevokeKeyBody, RotateKeyBody } from './account.dto';
import { keyView, newKeyView, useOf } from './key-views';
import { KeyId } from './path-ids';

/** What a partner sees and changes of its own access. An answer with a key is never kept, so these take no Idempotency-Key. */
@Controller('account/v1')
export class AccountController {
  constructor(
    private readonly keys: OwnKeys,
    private readonly figures: FiguresStore,
  ) {}

  /** Who the key belongs to, what it may do and what its plan gives. */
  @Get('self')
  @Scope('account:keys:read')
  async self(@CurrentCaller() caller: Caller): Promise<AccountView> {
    const { name, key, plans } = await this.keys.self(caller);
    const quotas = plans.find(({ id }) => id === key.plan)?.policies ?? [];
    return { partner: caller.partner, name, key: keyView(key), quotas };
  }

  /** All keys of the partner, also those that work no longer, and how much each calls. */
  @Get('keys')
  @Scope('account:keys:read')
  async list(@CurrentCaller() caller: Caller): Promise<KeyList> {
    const [keys, uses] = await Promise.all([this.keys.list(caller), this.figures.keyUse(caller.partner)]);
    return { keys: keys.map((key) => ({ ...keyView(key), ...useOf(key.id, uses) })) };
  }

  /** Makes a key and shows it, once. More rights than the calling key has: 403. When the answer is lost, revoke the key and make another. */
  @Post('keys')
  @SecondCall('makes another key, which can be revoked: a secret is never answered twice')
  @Scope('account:keys:write')
  @Cost(10)
  async issue(@CurrentCaller() caller: Caller, @Body() body: IssueKeyBody): Promise<NewKeyView> {
    return newKeyView(await this.keys.issue(caller, body));
  }

  /** Makes a successor with the same rights and shows it, once; both work for `overlapHours`. */
  @Post('keys/:id/rotate')
  @KeyId('id')
  @SecondCall('makes another successor, which can be revoked: a secret is never answered twice')
  @Scope('account:keys:write')
  @Cost(10)
  async rotate(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { overlapHours, reason }: RotateKeyBody,
  ): Promise<NewKeyView> {
    return newKeyView(await this.keys.rotate(caller, id, overlapHours ?? 24, reason));
  }

  /** Stops a key for good, everywhere within five seconds. */
  @Post('keys/:id/revoke')
  @KeyId('id')
  @HttpCode(200)
  @SecondCall('is refused: KEY_DEAD')
  @Scope('account:keys:write')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { reason }: RevokeKeyBody,
  ): Promise<KeyView> {
    return keyView(await this.keys.revoke(caller, id, reason));
  }
}
