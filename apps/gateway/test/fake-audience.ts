import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { CurrentCaller, type Caller } from '#service/caller';
import { correlationId } from '#service/correlation';
import type { OpenApiDocument } from '#service/documents';
import type { NamedDocument } from '../src/documents/operations';

/** A small audience of its own: the gateway must not need to know what an order is. */
@Controller('fake/v1')
export class FakeController {
  /** Notes placed so far; `gate` holds the next one back. */
  static placed = 0;
  static gate: Promise<void> = Promise.resolve();
  /** Notes that have come as far as the gate. */
  static reached = 0;

  @Post('notes')
  async place(
    @Body() body: { text: string },
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    FakeController.reached += 1;
    await FakeController.gate;
    if (body.text === 'refused') throw new CrossdockError({ code: 'NOTE_REFUSED', kind: 'refused', message: 'no' });
    if (body.text === 'broken') throw new Error('secret inner words');
    FakeController.placed += 1;
    void reply.code(201).header('etag', '"1"').header('location', `/fake/v1/notes/${FakeController.placed}`);
    return { number: FakeController.placed, partner: caller.partner, correlation: correlationId() };
  }

  /** Rooms taken so far, by the key that names them, as a business app keeps them. */
  static readonly rooms = new Map<string, { readonly text: string; readonly number: number }>();

  @Post('rooms')
  async take(
    @Body() { text }: { text: string },
    @Headers('idempotency-key') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    await FakeController.gate;
    const known = FakeController.rooms.get(name);
    if (text === 'refused' || (known !== undefined && known.text !== text))
      throw new CrossdockError({ code: 'ROOM_REFUSED', kind: 'conflict', message: 'no', retryAfter: 3 });
    if (text === 'broken') throw new Error('secret inner words');
    const number = known?.number ?? FakeController.rooms.size + 1;
    FakeController.rooms.set(name, { text, number });
    void reply.code(known ? 200 : 201).header('location', `/fake/v1/rooms/${number}`);
    return { number, again: known !== undefined };
  }

  @Post('notes/:id/strict')
  @HttpCode(200)
  strict(@Param('id') id: string): object {
    return { id };
  }

  @Get('notes')
  list(@Query() query: { limit?: number }): object {
    return { limit: query.limit ?? 50 };
  }

  @Get('notes/:id')
  get(@Param('id') id: string, @CurrentCaller() caller: Caller): object {
    return { id, partner: caller.partner };
  }
}

const answer = { responses: { 200: { description: '' } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const key = (required: boolean) => ({ name: 'Idempotency-Key', in: 'header', required, schema: { type: 'string' } });

export const fakeDocument = {
  openapi: '3.1.0',
  info: { title: 'Fake', version: '1.0.0', description: 'Notes.' },
  paths: {
    '/fake/v1/notes': {
      post: {
        operationId: 'fake.place',
        security: [{ key: ['fake:notes:write'] }],
        'x-cost': 2,
        parameters: [key(false)],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
        },
        ...answer,
      },
      get: {
        operationId: 'fake.list',
        security: [{ key: ['fake:notes:read'] }],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } }],
        ...answer,
      },
    },
    '/fake/v1/notes/{id}': {
      get: { operationId: 'fake.get', security: [{ key: ['fake:notes:read'] }], parameters: [id], ...answer },
    },
    '/fake/v1/rooms': {
      post: {
        operationId: 'fake.take',
        security: [{ key: ['fake:notes:write'] }],
        'x-key-names-resource': true,
        parameters: [key(true)],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
        },
        ...answer,
      },
    },
    '/fake/v1/notes/{id}/strict': {
      post: {
        operationId: 'fake.strict',
        'x-test-keys': true,
        security: [{ key: ['fake:notes:write'] }],
        parameters: [id, key(true), { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }],
        ...answer,
      },
    },
  },
  components: {
    schemas: {
      Note: {
        type: 'object',
        properties: {
          text: { type: 'string', minLength: 1 },
          tags: { type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/Tag' } },
          free: { type: 'object', additionalProperties: true },
        },
        required: ['text'],
      },
      Tag: {
        type: 'object',
        properties: { name: { type: 'string' }, weight: { type: 'integer' } },
        required: ['name'],
      },
    },
  },
} satisfies OpenApiDocument;

export const fakeAudience: NamedDocument = { name: 'experience/fake.v1', document: fakeDocument };
