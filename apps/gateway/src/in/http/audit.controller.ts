import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { Cost, Scope } from '#service/operation';
import { AuditStore, type AuditRow } from '../../audit/audit.store';
import { AuditLogEntry, AuditHeadView, AuditLogPage, AuditLogQuery, AuditVerdict, VerifyAuditBody } from './audit.dto';

const PAGE = 100;
const LIST = 'audit';

/** Who did what to partners, plans and keys; nobody can take it back unseen. */
@Controller('admin/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditStore) {}

  /** Entries, newest first. */
  @Get()
  @Scope('admin:audit:read')
  async list(@Query() { cursor, limit = PAGE, object }: AuditLogQuery): Promise<AuditLogPage> {
    const [before] = decodeCursor(cursor, ['number'], LIST, { object }) ?? [];
    const rows = await this.audit.page(limit + 1, before, object);
    const entries = rows.slice(0, limit).map(entryOf);
    const last = entries.at(-1);
    return {
      entries,
      ...(rows.length > limit && last !== undefined && { next: encodeCursor([String(last.seq)], LIST, { object }) }),
    };
  }

  /** Number and hash of the last entry, to be kept outside. */
  @Get('head')
  @Scope('admin:audit:read')
  async head(): Promise<AuditHeadView> {
    const { seq, hash } = await this.audit.head();
    return { seq: Number(seq), hash };
  }

  /** Reads the whole log and names the first entry that is not as it was written. With a head kept outside it also finds a log that was made anew. */
  @Post('verify')
  @HttpCode(200)
  @Scope('admin:audit:read')
  @Cost(50)
  async verify(@Body() { seq, hash }: VerifyAuditBody): Promise<AuditVerdict> {
    if ((seq === undefined) !== (hash === undefined)) {
      throw new CrossdockError({ code: 'AUDIT_HEAD_INCOMPLETE', kind: 'invalid', message: 'a head is seq and hash' });
    }
    const exported = seq === undefined || hash === undefined ? undefined : { seq: String(seq), hash };
    const [breach, head] = await Promise.all([this.audit.firstBreach(exported), this.audit.head()]);
    const found = breach && { breach: { seq: Number(breach.seq), fault: breach.fault } };
    return { intact: breach === undefined, entries: Number(head.seq), ...found };
  }
}

function entryOf({ seq, at, actor, action, object, reason, before, after, hash }: AuditRow): AuditLogEntry {
  return {
    seq: Number(seq),
    at: at.toISOString(),
    actor,
    action,
    object,
    ...(reason !== null && { reason }),
    ...(before !== null && { before: { ...before } }),
    ...(after !== null && { after: { ...after } }),
    hash,
  };
}
