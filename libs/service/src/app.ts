import type { Type } from '@nestjs/common';
import type { ApiContract } from '#contracts/api';
import type { SchemaMigrations } from '#persistence/migrations';
import type { ConfigSpec } from './config';

/** What there is to know of an app, wherever it runs: alone in a process, or beside others in one. */
export interface AppDefinition {
  readonly name: string;
  readonly layer: 'system' | 'process' | 'experience' | 'gateway' | 'sandbox';
  /** The app's only module: global, and it exports its API. */
  readonly module: Type;
  /** `in/http`: routes of the app's own API, served when it runs as a process of its own. */
  readonly controllers: readonly Type[];
  /** `in/webhooks`: routes for backends outside, served always. */
  readonly publicControllers?: readonly Type[];
  readonly migrations?: SchemaMigrations;
  readonly config?: readonly ConfigSpec[];
  /** APIs of other apps it calls: local in one process, over HTTP in another. */
  readonly needs?: readonly ApiContract<object>[];
}
