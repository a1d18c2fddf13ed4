import { signedHeaders } from '#connections/webhook-signature';
import type { World } from './world';

/** Of the warehouse DC-NORTH of the demo. */
const SECRET = 'whsec_c2FuZGJveC13YXJlaG91c2Utc2VjcmV0LTAwMDE=';

/** The warehouse sends, signed as it should be, a message that nobody can read. */
export async function raiseUnreadable(world: World, id = 'unreadable-1'): Promise<void> {
  const body = '{"lost":"in space"}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await fetch(`${world.demo.url}/inbound/wms/wms-north`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders([SECRET], id, timestamp, Buffer.from(body)) },
    body,
  });
  if (answer.status !== 202) throw new Error(`the webhook was refused: ${answer.status} ${await answer.text()}`);
}
