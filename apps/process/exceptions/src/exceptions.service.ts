import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { ExceptionsApi } from '#contracts/exceptions/exceptions.api';
import type {
  AssignException,
  AuditPage,
  AuditQuery,
  BulkExceptions,
  BulkReport,
  EditAndRetryException,
  ExceptionAction,
  ExceptionGroups,
  ExceptionGroupsQuery,
  ExceptionPage,
  ExceptionPolicyList,
  ExceptionQuery,
  ExceptionView,
  ListExceptionsQuery,
  PutExceptionPoliciesRequest,
} from '#contracts/exceptions/exceptions.dto';
import { Database } from '#persistence/database';
import { exceptionView } from './exception-view';
import { ActOnExceptions, unknownException } from './keep-exception/act';
import * as audit from './out/audit.store';
import * as lists from './out/exception-list.store';
import * as policies from './out/policy.store';

const DEFAULT_PAGE = 50;

/** The API of exceptions: what is open, whose it is, and what is done about it. */
@Injectable()
export class ExceptionsService extends ExceptionsApi {
  constructor(
    private readonly database: Database,
    private readonly act: ActOnExceptions,
  ) {
    super();
  }

  async list({ cursor, limit = DEFAULT_PAGE, breached, sort, ...fields }: ListExceptionsQuery): Promise<ExceptionPage> {
    const filter = { ...fields, ...(breached === undefined ? {} : { breached: breached === 'true' }) };
    // A cursor belongs to its filter and order.
    const asked = { ...filter, ...(sort === undefined ? {} : { sort }) };
    const [id = '', dueAt = ''] = decodeCursor(cursor, ['text', 'time'], 'exceptions', asked) ?? [];
    const found =
      sort === 'due'
        ? await lists.urgent(this.database, filter, { id, dueAt }, limit + 1)
        : await lists.page(this.database, filter, id, limit + 1);
    const exceptions = found.slice(0, limit).map(exceptionView);
    const last = exceptions.at(-1);
    return found.length > limit && last
      ? { exceptions, next: encodeCursor([last.id, last.dueAt], 'exceptions', asked) }
      : { exceptions };
  }

  async groups(query: ExceptionGroupsQuery): Promise<ExceptionGroups> {
    return { groups: await lists.groups(this.database, query) };
  }

  async get({ id }: ExceptionQuery): Promise<ExceptionView> {
    const found = await lists.find(this.database, id);
    if (!found) throw unknownException(id);
    return exceptionView(found);
  }

  async assign(request: AssignException): Promise<ExceptionView> {
    return exceptionView(await this.act.assign(request));
  }

  async resolve(request: ExceptionAction): Promise<ExceptionView> {
    return exceptionView(await this.act.resolve(request));
  }

  async retry(request: ExceptionAction): Promise<ExceptionView> {
    return exceptionView(await this.act.retry(request));
  }

  async editAndRetry(request: EditAndRetryException): Promise<ExceptionView> {
    return exceptionView(await this.act.editAndRetry(request));
  }

  async bulk(request: BulkExceptions): Promise<BulkReport> {
    return this.act.bulk(request);
  }

  async audit({ cursor, limit = DEFAULT_PAGE, ...filter }: AuditQuery): Promise<AuditPage> {
    const found = await audit.list(
      this.database,
      filter,
      decodeCursor(cursor, ['number'], 'audit', filter)?.[0],
      limit + 1,
    );
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return found.length > limit && last ? { entries, next: encodeCursor([last.id], 'audit', filter) } : { entries };
  }

  async putPolicies({ policies: wanted, actor, reason }: PutExceptionPoliciesRequest): Promise<ExceptionPolicyList> {
    return this.database.transaction(async (tx) => {
      const before = { policies: await policies.list(tx) };
      // Of a policy that comes twice the last one counts.
      const distinct = new Map(wanted.map((policy) => [`${policy.domain} ${policy.partner}`, policy]));
      await policies.put(tx, [...distinct.values()]);
      const after = { policies: await policies.list(tx) };
      await audit.write(tx, [{ exception: null, action: 'PUT_POLICY', actor, reason, before, after }]);
      return after;
    });
  }

  async policies(): Promise<ExceptionPolicyList> {
    return { policies: await policies.list(this.database) };
  }
}
