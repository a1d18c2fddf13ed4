import { Injectable } from '@nestjs/common';
import type { Caller } from '#service/caller';
import type { KeyMode } from '../partners/key-text';
import { actOf, OwnKeys, within } from '../partners/own-keys';
import { ClientsService, unknownClient, type IssuedClient } from './clients.service';
import type { ClientSummary } from './clients.store';

/** What a partner may do to its own clients: never more than the one who calls may do itself. */
@Injectable()
export class OwnClients {
  constructor(
    private readonly clients: ClientsService,
    private readonly keys: OwnKeys,
  ) {}

  list({ partner }: Caller): Promise<ClientSummary[]> {
    return this.clients.list(partner);
  }

  /** Errors: SCOPE_INVALID, SCOPE_NOT_HELD, MODE_NOT_HELD, CLIENTS_TOO_MANY. */
  async create(
    caller: Caller,
    client: { name: string; mode: KeyMode; scopes: string[]; reason?: string },
  ): Promise<IssuedClient> {
    within(caller, client);
    const { reason, ...rest } = client;
    const plan = await this.keys.planOf(caller);
    return this.clients.create({ ...rest, partner: caller.partner, plan }, actOf(caller, reason));
  }

  /** Errors: CLIENT_UNKNOWN, CLIENT_DEAD, CLIENT_EXTERNAL, ROTATION_RUNNING, SCOPE_NOT_HELD, MODE_NOT_HELD. */
  async rotate(caller: Caller, id: string, overlapHours: number, reason?: string): Promise<IssuedClient> {
    const client = (await this.list(caller)).find((each) => each.id === id);
    if (client === undefined) throw unknownClient(id);
    within(caller, client);
    return this.clients.rotate(caller.partner, id, overlapHours, actOf(caller, reason));
  }

  /** Also one that may do more than the one who calls: a leaked secret must be stopped by whoever notices. */
  revoke(caller: Caller, id: string, reason: string): Promise<ClientSummary> {
    return this.clients.revoke(caller.partner, id, actOf(caller, reason));
  }
}
