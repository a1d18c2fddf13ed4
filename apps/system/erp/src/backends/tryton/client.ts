import { setTimeout as sleep } from 'node:timers/promises';
import type { OutboundAnswer, OutboundCall } from '#resilience/outbound';
import type { FailedCall } from '#resilience/outbound-errors';
import { fromStatus, malformed, refused } from '#resilience/outbound-errors';
import { fromTryton, isLock, loginRejected, warningName } from './errors';
import type { Domain, RpcAnswer, Values } from './native';

/** The part of OutboundHttp that is used here. */
export interface Http {
  call<T>(call: OutboundCall): Promise<OutboundAnswer<T>>;
}

export interface TrytonAccess {
  /** Id of the connection, for errors. */
  readonly connection: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** The user's own company when absent. */
  readonly companyId?: number;
}

interface Session {
  readonly header: string;
  readonly userId: number;
}

const LOCK_TRIES = 4;
const WARNINGS_ACCEPTED = 5;

/**
 * JSON-RPC to one Tryton database: one session for all calls, renewed once when Tryton has forgotten it; errors that hide in
 * HTTP 200; warnings answered; locks waited for. A mutation is only repeated after an answer that proves it was rolled back.
 */
export class TrytonClient {
  private session: Promise<Session> | undefined;
  private preferences: Promise<Values> | undefined;

  constructor(
    private readonly http: Http,
    private readonly access: TrytonAccess,
  ) {}

  /** Version of the server, e.g. `6.0.29`. Needs no login. */
  async version(): Promise<string> {
    const failed = this.failed('common.server.version', true);
    const answer = await this.send('/', failed, { id: 0, method: 'common.server.version', params: [] });
    return String(this.parsed(failed, answer).result);
  }

  async login(): Promise<void> {
    await this.currentSession();
  }

  /** Context of every call: company and language of the user. */
  async context(): Promise<Values> {
    this.preferences ??= this.loadPreferences().catch((error: unknown) => {
      this.preferences = undefined;
      throw error;
    });
    return this.preferences;
  }

  async search<Row>(
    model: string,
    domain: Domain,
    fields: readonly string[],
    page: { limit?: number; order?: unknown; context?: Values } = {},
  ): Promise<Row[]> {
    const params = [domain, 0, page.limit ?? null, page.order ?? null, fields];
    return (await this.model(`${model}.search_read`, params, true, page.context)) as Row[];
  }

  async read<Row>(model: string, ids: readonly number[], fields: readonly string[]): Promise<Row[]> {
    return (await this.model(`${model}.read`, [ids, fields], true)) as Row[];
  }

  /** A method that changes nothing. */
  async ask<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await this.model(method, params, true)) as T;
  }

  /** Anything that changes something: sent once. Its failure may be of unknown outcome. */
  async change<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await this.model(method, params, false)) as T;
  }

  /** Like `change`, refused as busy when one of the records was changed since it was read. */
  async changeUnchanged<T>(
    timestamps: Readonly<Record<string, string>>,
    method: string,
    ...params: unknown[]
  ): Promise<T> {
    return (await this.model(method, params, false, { _timestamp: timestamps })) as T;
  }

  /** One state of a wizard, opened on a record and closed again. */
  async wizard(name: string, model: string, id: number, state: string, forms: Values): Promise<void> {
    const [session] = (await this.call(`wizard.${name}.create`, [], false)) as [number];
    const context = { active_model: model, active_id: id, active_ids: [id] };
    await this.call(`wizard.${name}.execute`, [session, forms, state], false, context);
    await this.call(`wizard.${name}.delete`, [session], false);
  }

  private async model(
    method: string,
    params: readonly unknown[],
    idempotent: boolean,
    context: Values = {},
  ): Promise<unknown> {
    return this.call(`model.${method}`, params, idempotent, context);
  }

  private async call(
    method: string,
    params: readonly unknown[],
    idempotent: boolean,
    context: Values = {},
  ): Promise<unknown> {
    const failed = this.failed(method, idempotent);
    const body = { id: 0, method, params: [...params, { ...(await this.context()), ...context }] };
    let warnings = 0;
    for (let tries = 1; ; tries += 1) {
      const { result, error } = this.parsed(failed, await this.authorised(failed, body));
      if (error === undefined) return result;
      const warning = warningName(error);
      if (warning !== undefined && warnings < WARNINGS_ACCEPTED) {
        warnings += 1;
        await this.acceptWarning(warning);
      } else if (isLock(error) && error[0] !== 'ConcurrencyException' && tries < LOCK_TRIES) {
        await sleep(50 * tries + Math.random() * 150);
      } else {
        throw fromTryton(failed, error);
      }
    }
  }

  /** Tryton asks "are you sure?" by an exception; its clients answer by a record that names the warning for this user. */
  private async acceptWarning(name: string): Promise<void> {
    const failed = this.failed('model.res.user.warning.create', false);
    const { userId } = await this.currentSession();
    const params = [[{ user: userId, name, always: false }], await this.context()];
    const { error } = this.parsed(
      failed,
      await this.authorised(failed, { id: 0, method: 'model.res.user.warning.create', params }),
    );
    if (error !== undefined) throw fromTryton(failed, error);
  }

  /** 401 comes before anything is executed, so that any call may be sent again with a new session; once. */
  private async authorised(failed: FailedCall, body: Values): Promise<OutboundAnswer<string>> {
    const path = `/${encodeURIComponent(this.access.database)}/`;
    const held = this.currentSession();
    const answer = await this.send(path, failed, body, (await held).header);
    if (answer.status !== 401) return answer;
    // Another call may have renewed it already.
    if (this.session === held) this.session = undefined;
    const again = await this.send(path, failed, body, (await this.currentSession()).header);
    if (again.status === 401) throw loginRejected(failed);
    return again;
  }

  private currentSession(): Promise<Session> {
    if (this.session !== undefined) return this.session;
    const attempt = this.openSession();
    this.session = attempt;
    attempt.catch(() => {
      if (this.session === attempt) this.session = undefined;
    });
    return attempt;
  }

  private async openSession(): Promise<Session> {
    const failed = this.failed('common.db.login', true);
    const body = { id: 0, method: 'common.db.login', params: [this.access.user, { password: this.access.password }] };
    const answer = await this.send(`/${encodeURIComponent(this.access.database)}/`, failed, body);
    if (answer.status === 401 || answer.status === 403) throw loginRejected(failed);
    if (answer.status === 404) throw refused(failed, `Tryton has no database ${this.access.database}`);
    const { result, error } = this.parsed(failed, answer);
    if (error !== undefined) throw fromTryton(failed, error);
    if (!Array.isArray(result) || typeof result[0] !== 'number') throw loginRejected(failed);
    const [userId, token] = result as [number, string];
    return { userId, header: `Session ${Buffer.from(`${this.access.user}:${userId}:${token}`).toString('base64')}` };
  }

  private async loadPreferences(): Promise<Values> {
    const method = 'model.res.user.get_preferences';
    const failed = this.failed(method, true);
    const { result, error } = this.parsed(failed, await this.authorised(failed, { id: 0, method, params: [true, {}] }));
    if (error !== undefined) throw fromTryton(failed, error);
    const preferences = (result ?? {}) as Values;
    const company = this.access.companyId ?? preferences['company'];
    if (typeof company !== 'number')
      throw refused(failed, `the user ${this.access.user} has no company in Tryton, and the settings name none`);
    return { company, employee: preferences['employee'] ?? null, language: 'en' };
  }

  private failed(operation: string, idempotent: boolean): FailedCall {
    return { connection: this.access.connection, operation, idempotent };
  }

  private send(url: string, failed: FailedCall, body: Values, authorization?: string): Promise<OutboundAnswer<string>> {
    return this.http.call<string>({
      method: 'POST',
      url,
      body,
      idempotent: failed.idempotent,
      response: 'text',
      expect: [401, 403, 404],
      headers: authorization === undefined ? {} : { authorization },
    });
  }

  private parsed(failed: FailedCall, answer: OutboundAnswer<string>): RpcAnswer {
    // An HTML page: the method is not offered to clients, or the user may not call it.
    if (answer.status === 403)
      throw refused(failed, `Tryton does not allow ${failed.operation} to this user`, { status: 403 });
    if (answer.status >= 400) throw fromStatus(failed, answer.status, undefined, '');
    let parsed: unknown;
    try {
      parsed = JSON.parse(answer.data);
    } catch (error) {
      throw malformed(failed, 'something that is no JSON', error);
    }
    if (typeof parsed !== 'object' || parsed === null || !('result' in parsed || 'error' in parsed)) throw malformed(failed, 'no JSON-RPC answer'); // prettier-ignore
    return parsed as RpcAnswer;
  }
}
