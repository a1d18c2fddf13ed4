import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { DEMO_ACCOUNTS } from './people';
import { demoProvider, IDENTITY_PATH } from './provider';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#1c2430;background:#fff}' +
  'button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left;border:1px solid #8792a2;' +
  'border-radius:8px;background:#f6f8fa;color:inherit;cursor:pointer}button:focus-visible{outline:3px solid #1d5fd1}small{display:block;color:#4a5566}' +
  '@media(prefers-color-scheme:dark){body{background:#12161c;color:#e7ebf0}button{background:#1b222c;border-color:#5b6675}small{color:#aab4c2}}';

/** A simulated OpenID provider under `/sandbox/identity`: people of the demo sign in as whoever they choose. */
@Injectable()
export class SandboxIdentity implements OnModuleInit {
  private readonly providers = new Map<string, Promise<Provider>>();

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      // The provider reads its requests itself.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.get<{ Params: { uid: string } }>(`${IDENTITY_PATH}/people/:uid`, async (_request, reply) =>
        reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page()),
      );
      scope.post<{ Params: { uid: string } }>(`${IDENTITY_PATH}/people/:uid`, async (request, reply) => {
        const accountId = new URLSearchParams(await textOf(request.raw)).get('person') ?? '';
        const provider = await this.provider(request);
        reply.hijack();
        await provider.interactionFinished(request.raw, reply.raw, { login: { accountId } });
      });
      scope.all(`${IDENTITY_PATH}/*`, async (request, reply) => {
        const provider = await this.provider(request);
        reply.hijack();
        // Below its own path it must not know that it is below one.
        const raw = Object.assign(request.raw, { originalUrl: request.raw.url });
        raw.url = raw.url?.slice(IDENTITY_PATH.length);
        await provider.callback()(raw, reply.raw);
      });
      done();
    });
  }

  /** One for each address that this process is called by: a provider's name is its address. */
  private provider({ headers }: FastifyRequest): Promise<Provider> {
    const issuer = `http://${headers.host ?? '127.0.0.1'}${IDENTITY_PATH}`;
    const known = this.providers.get(issuer) ?? demoProvider(issuer);
    this.providers.set(issuer, known);
    return known;
  }
}

function page(): string {
  const people = DEMO_ACCOUNTS.map(
    ({ subject, name, email, note }) =>
      `<button name="person" value="${subject}">${name}<small>${email} · ${note}</small></button>`,
  );
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<link rel="icon" href="data:,"><title>Sandbox sign-in</title><style>${STYLE}</style></head><body><main><h1>Who are you today?</h1>` +
    `<p>This is the identity provider of the sandbox. In production people sign in with your own.</p>` +
    `<form method="post">${people.join('')}</form></main></body></html>`
  );
}

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}
