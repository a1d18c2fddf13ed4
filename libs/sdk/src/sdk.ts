/** What `@crossdock/sdk` exports: the only file of the package that partners import. */
export { crossdock, type CrossdockOptions } from './client';
export { clientCredentials, type ClientCredentials } from './client-credentials';
export type { Api, Call, CallOptions, Input, OperationId, Output, Reply } from './calls';
export { changes, pages } from './pages';
export {
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NoAnswerError,
  NotFoundError,
  ProblemError,
  QuotaExceededError,
  StaleVersionError,
  UnauthenticatedError,
  UnavailableError,
  type Fault,
  type ProblemBody,
} from './problem';
export { verifyWebhook, WebhookRefusedError, type VerifyOptions } from './webhooks';
