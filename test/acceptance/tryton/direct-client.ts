/**
 * A second, independent way into Tryton for tests: to seed it and to count inside it what the product under test did. It shares
 * no code with the product's adapter, so that a mistake there cannot hide itself here.
 */
export interface TrytonDate {
  readonly __class__: 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const decimal = (text: string): { __class__: 'Decimal'; decimal: string } => ({
  __class__: 'Decimal',
  decimal: text,
});
export const date = (year: number, month: number, day: number): TrytonDate => ({ __class__: 'date', year, month, day });

export class DirectClient {
  private session = '';
  context: Record<string, unknown> = {};

  constructor(
    public url: string,
    readonly database: string,
    private readonly user = 'admin',
    private readonly password = 'crossdock',
  ) {}

  async login(): Promise<void> {
    const [id, token] = (await this.rpc('common.db.login', [this.user, { password: this.password }])) as [
      number,
      string,
    ];
    this.session = Buffer.from(`${this.user}:${id}:${token}`).toString('base64');
  }

  /** `model.<name>.<method>` with the context last. Throws with Tryton's own words. */
  async model<T = unknown>(method: string, ...args: unknown[]): Promise<T> {
    return (await this.rpc(`model.${method}`, [...args, this.context])) as T;
  }

  async create(model: string, ...records: Record<string, unknown>[]): Promise<number[]> {
    return this.model<number[]>(`${model}.create`, records);
  }

  async find<T = Record<string, unknown> & { id: number }>(
    model: string,
    domain: unknown[],
    fields: string[] = ['id'],
  ): Promise<T[]> {
    return this.model<T[]>(`${model}.search_read`, domain, 0, null, null, fields);
  }

  async count(model: string, domain: unknown[]): Promise<number> {
    return this.model<number>(`${model}.search_count`, domain);
  }

  /** Steps of one wizard: each state is executed with what the form of that state holds. */
  async wizard(
    name: string,
    states: readonly { state: string; form?: Record<string, unknown>; key?: string }[],
    context: Record<string, unknown> = {},
  ): Promise<void> {
    const [session] = (await this.rpc(`wizard.${name}.create`, [this.context])) as [number];
    const forms: Record<string, unknown> = {};
    for (const { state, form, key } of states) {
      if (form !== undefined) forms[key ?? state] = form;
      await this.rpc(`wizard.${name}.execute`, [session, forms, state, { ...this.context, ...context }]);
    }
    await this.rpc(`wizard.${name}.delete`, [session, this.context]);
  }

  private async rpc(method: string, params: unknown[]): Promise<unknown> {
    const response = await fetch(`${this.url}/${this.database}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.session === '' ? {} : { authorization: `Session ${this.session}` }),
      },
      body: JSON.stringify({ id: 0, method, params }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method}: HTTP ${response.status} ${text.slice(0, 300)}`);
    const answer = JSON.parse(text) as { result?: unknown; error?: unknown };
    if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error).slice(0, 1500)}`);
    return answer.result;
  }
}
