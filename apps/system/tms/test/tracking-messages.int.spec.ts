import { createHash } from 'node:crypto';
import { EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { ExceptionOpened } from '#contracts/events/exceptions';
import { startSandboxCarrier } from './sandbox-harness';
import type { SandboxTmsHarness } from './sandbox-harness';

describe('tracking messages', () => {
  let h: SandboxTmsHarness;
  beforeAll(async () => (h = await startSandboxCarrier()));
  afterAll(() => h.close());

  it('one whose id is known with another body is refused, kept, and an exception', async () => {
    const body = h.notification('1Z999', 'IN_TRANSIT', '2026-11-21T09:00:00Z');
    const messageId = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    await h.database.transaction((tx) =>
      h.messaging.inbox.receive(tx, {
        ...{ source: 'tms/carrier-main', messageId, contentType: 'application/json', body: '{}' },
      }),
    );
    await expect(h.webhook(body)).rejects.toMatchObject({ code: 'MESSAGE_ID_CONFLICT', kind: 'conflict' });
    const { rows } = await h.database.query<{ data: ExceptionOpened }>(
      `select envelope->'data' as data from messaging.outbox where type = $1`,
      [EXCEPTION_OPENED],
    );
    expect(rows).toMatchObject([
      { data: { domain: 'inbound', code: 'MESSAGE_ID_CONFLICT', object: { id: `carrier-main/${messageId}` } } },
    ]);
  });
});
