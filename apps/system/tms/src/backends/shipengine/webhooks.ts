import { createHash, timingSafeEqual } from 'node:crypto';
import { CrossdockError } from '#canonical/errors';
import type { MappedNotification, TmsWebhooks } from '../../tms.port';
import { newsOf } from './mapping';
import type { NativeTracking } from './native';

/** `{resource_url, resource_type: "API_TRACK", data}`: the platform sends one; an array of them is taken as well. */
export function trackingWebhooks(connection: string, header: string, secret: string): TmsWebhooks {
  return {
    verify(headers, body) {
      if (!sameSecret(headers[header], secret)) {
        const message = `header ${header} does not carry the secret of connection ${connection}`;
        throw new CrossdockError({
          code: 'WEBHOOK_SIGNATURE_INVALID',
          kind: 'unauthenticated',
          message,
          source: connection,
        });
      }
      // Notifications have no id of their own. The same bytes again are the same message.
      return `sha256:${createHash('sha256').update(body).digest('hex')}`;
    },
    map(body) {
      const parsed = parse(body);
      return (Array.isArray(parsed) ? parsed : [parsed]).map(mapOne);
    },
  };
}

function mapOne(notification: unknown): MappedNotification {
  const { resource_type: type, data } = (notification ?? {}) as { resource_type?: unknown; data?: unknown };
  if (type !== 'API_TRACK') return { error: unreadable(`resource_type ${String(type)} is not API_TRACK`) };
  if (!isTracking(data)) return { error: unreadable('data has no tracking_number, status_code and events') };
  try {
    const news = newsOf(data);
    return news ? { news } : {};
  } catch (error) {
    return { error: unreadable(error instanceof Error ? error.message : String(error)) };
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw unreadable('it is not JSON');
  }
}

function isTracking(data: unknown): data is NativeTracking {
  if (typeof data !== 'object' || data === null) return false;
  const {
    tracking_number: number,
    status_code: status,
    events,
  } = data as Partial<Record<keyof NativeTracking, unknown>>;
  return typeof number === 'string' && number !== '' && typeof status === 'string' && Array.isArray(events);
}

function unreadable(reason: string): CrossdockError {
  return new CrossdockError({
    code: 'WEBHOOK_UNREADABLE',
    kind: 'invalid',
    message: `tracking notification: ${reason}`,
  });
}

/** In constant time; an empty secret never matches. */
function sameSecret(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return secret !== '' && timingSafeEqual(digest(given ?? ''), digest(secret));
}
