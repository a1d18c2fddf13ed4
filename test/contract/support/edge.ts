import supertest from 'supertest';
import type { DocumentedOperation, ContractResponses } from '#testing/contract-responses';

export interface EdgeRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the key that may do everything; empty: none. */
  readonly key?: string;
}
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: any;
}

/** Calls operations by their id, as their document says they are called, and holds every answer to the document. */
export class Edge {
  /** `<operation id> <documented status>` of every answer that was expected. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly url: string,
    private readonly documents: readonly ContractResponses[],
    private readonly keys: Readonly<Record<string, string>>,
  ) {}

  /** The answer with that status. */
  async expect(status: number, id: string, request: EdgeRequest = {}): Promise<EdgeAnswer> {
    const answer = await this.answer(id, request);
    const told = answer.status === status ? undefined : answer.body;
    expect({ id, status: answer.status, told }).toEqual({ id, status, told: undefined });
    this.seen.add(`${id} ${status < 400 ? status : 'default'}`);
    return answer;
  }

  /** Whatever is answered, as long as it is documented. */
  async answer(id: string, request: EdgeRequest = {}): Promise<EdgeAnswer> {
    const document = this.documents.find(({ operations }) => operations.some((each) => each.id === id));
    if (document === undefined) throw new Error(`no document has the operation ${id}`);
    const answer = await this.send(document.operation(id), request);
    expect(document.faults(id, answer)).toEqual([]);
    expect(answer.headers).toMatchObject({ 'request-id': expect.any(String), 'x-content-type-options': 'nosniff' });
    return answer;
  }

  /** The problem with that status and code. */
  async refuses(status: number, code: string, id: string, request: EdgeRequest = {}): Promise<EdgeAnswer> {
    const answer = await this.expect(status, id, request);
    expect(answer.body).toMatchObject({ status, code, request_id: answer.headers['request-id'] });
    return answer;
  }

  /** Documented answers that nothing has been given: `<operation id> <status>`, `default` for every refusal. */
  unexercised(): string[] {
    const documented = this.documents.flatMap(({ operations }) =>
      operations.flatMap(({ id, operation }) => Object.keys(operation.responses).map((status) => `${id} ${status}`)),
    );
    return documented.filter((each) => !this.seen.has(each));
  }

  private async send({ method, path }: DocumentedOperation, request: EdgeRequest): Promise<EdgeAnswer> {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(request.params?.[name] ?? ''));
    const audience = path.split('/')[1] ?? '';
    const key = request.key ?? this.keys[audience] ?? '';
    const verb = method as 'get' | 'put' | 'post';
    const call = supertest(this.url)
      [verb](filled)
      .query(request.query ?? {})
      .set(request.headers ?? {});
    if (key !== '') call.set('authorization', `Bearer ${key}`);
    if (request.body !== undefined) {
      if (request.headers?.['content-type'] === undefined) call.set('content-type', 'application/json');
      call.send(request.body);
    }
    const response = await call.buffer(true).parse(asText);
    const text = String(response.body);
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }
}

type Parser = Parameters<ReturnType<ReturnType<typeof supertest>['get']>['parse']>[0];

/** Whatever the media type: what is in it is for the document to say. */
const asText: Parser = (response, done) => {
  let received = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (received += chunk));
  response.on('end', () => done(null, received));
};
