import { defineApi } from '../api';
import {
  AssignException,
  type AuditPage,
  AuditQuery,
  BulkExceptions,
  type BulkReport,
  EditAndRetryException,
  ExceptionAction,
  type ExceptionGroups,
  ExceptionGroupsQuery,
  type ExceptionPage,
  ExceptionPoliciesQuery,
  type ExceptionPolicyList,
  ExceptionQuery,
  type ExceptionView,
  ListExceptionsQuery,
  PutExceptionPoliciesRequest,
} from './exceptions.dto';

/** Trouble that a person has to see: one exception per cause and object, with its owner, its clock and its history. */
export abstract class ExceptionsApi {
  /** Errors: CURSOR_INVALID (invalid). */
  abstract list(query: ListExceptionsQuery): Promise<ExceptionPage>;
  abstract groups(query: ExceptionGroupsQuery): Promise<ExceptionGroups>;
  /** Errors: EXCEPTION_UNKNOWN (not-found). */
  abstract get(query: ExceptionQuery): Promise<ExceptionView>;
  /** Errors: EXCEPTION_UNKNOWN (not-found), EXCEPTION_RESOLVED (conflict). */
  abstract assign(request: AssignException): Promise<ExceptionView>;
  /** Says that it is over. If its cause is met again, a new one opens. Errors as of assign. */
  abstract resolve(request: ExceptionAction): Promise<ExceptionView>;
  /** Sends on what stopped. Errors as of assign, and EXCEPTION_NOT_RETRYABLE (conflict). */
  abstract retry(request: ExceptionAction): Promise<ExceptionView>;
  /** Mends the message that could not be read and maps it again. Errors as of assign, and EXCEPTION_NOT_EDITABLE (conflict). */
  abstract editAndRetry(request: EditAndRetryException): Promise<ExceptionView>;
  /** Errors: BULK_FILTER_REQUIRED, BULK_ASSIGNEE_REQUIRED (invalid). */
  abstract bulk(request: BulkExceptions): Promise<BulkReport>;
  /** Every change: who, why, before, after. Errors: CURSOR_INVALID (invalid). */
  abstract audit(query: AuditQuery): Promise<AuditPage>;
  /** Who looks after what, and how fast. Those stored count for exceptions that open from now on. */
  abstract putPolicies(request: PutExceptionPoliciesRequest): Promise<ExceptionPolicyList>;
  abstract policies(query: ExceptionPoliciesQuery): Promise<ExceptionPolicyList>;
}

export const exceptionsContract = defineApi<ExceptionsApi>({
  token: ExceptionsApi,
  document: 'process/exceptions.v1',
  name: 'exceptions',
  routes: {
    list: { verb: 'GET', path: '/v1/exceptions', input: ListExceptionsQuery },
    groups: { verb: 'GET', path: '/v1/exception-groups', input: ExceptionGroupsQuery },
    get: { verb: 'GET', path: '/v1/exceptions/:id', input: ExceptionQuery },
    assign: { verb: 'POST', path: '/v1/exceptions/:id/assign', input: AssignException },
    resolve: { verb: 'POST', path: '/v1/exceptions/:id/resolve', input: ExceptionAction },
    retry: { verb: 'POST', path: '/v1/exceptions/:id/retry', input: ExceptionAction },
    editAndRetry: { verb: 'POST', path: '/v1/exceptions/:id/edit-and-retry', input: EditAndRetryException },
    bulk: { verb: 'POST', path: '/v1/exceptions/bulk', input: BulkExceptions },
    audit: { verb: 'GET', path: '/v1/exception-audit', input: AuditQuery },
    putPolicies: { verb: 'PUT', path: '/v1/exception-policies', input: PutExceptionPoliciesRequest },
    policies: { verb: 'GET', path: '/v1/exception-policies', input: ExceptionPoliciesQuery },
  },
});
