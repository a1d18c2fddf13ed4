import { Controller, Get, Query } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CurrentCaller, type Caller } from '#service/caller';
import { Cost, Scope } from '#service/operation';
import { AuditStore, type OwnAuditRow } from '../../audit/audit.store';
import { OwnAuditPage, OwnAuditQuery, type OwnAuditEntry } from './audit.dto';

const PAGE = 50;
const LIST = 'account.audit';

/** Who did what to the partner that asks. */
@Controller('account/v1/audit')
export class OwnAuditController {
  constructor(private readonly audit: AuditStore) {}

  /** Changes of the partner, its keys, clients and people, newest first: by its own people and programs, or by whoever runs the installation. */
  @Get()
  @Scope('account:audit:read')
  @Cost(5)
  async list(
    @CurrentCaller() { partner }: Caller,
    @Query() { cursor, limit = PAGE }: OwnAuditQuery,
  ): Promise<OwnAuditPage> {
    const [before] = decodeCursor(cursor, ['number'], LIST, {}) ?? [];
    const rows = await this.audit.pageOfPartner(partner, limit + 1, before);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      entries: rows.slice(0, limit).map(entryOf),
      ...(last !== undefined && { next: encodeCursor([last.seq], LIST, {}) }),
    };
  }
}

function entryOf({ seq, at, actor, actorName, action, object, reason, before, after }: OwnAuditRow): OwnAuditEntry {
  return {
    seq: Number(seq),
    at: at.toISOString(),
    by: actorName === null ? {} : { id: actor, name: actorName },
    action,
    object,
    ...(reason !== null && { reason }),
    ...(before !== null && { before: { ...before } }),
    ...(after !== null && { after: { ...after } }),
  };
}
