import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '#connections/secrets';
import { signedHeaders } from '#connections/webhook-signature';
import { Egress } from '#egress/egress';
import { OutboundHttp } from '#resilience/outbound';
import { Log } from '#service/logging';
import type { StoredFeed } from '../out/channel-feed.store';

interface Receiver {
  readonly version: number;
  readonly http: OutboundHttp;
  readonly secrets: readonly string[];
}

/** The way to the endpoints of channels, each with its own limits and breaker: one that hangs holds up no other. */
@Injectable()
export class Receivers {
  private readonly known = new Map<string, Receiver>();

  constructor(
    private readonly secrets: Secrets,
    private readonly egress: Egress,
    private readonly log: Log,
  ) {}

  /** Returns once the receiver has acknowledged with 2xx. The same body has the same id, so that a receiver can tell a repetition. */
  async send(feed: StoredFeed, body: object): Promise<void> {
    this.egress.checked(feed.url);
    const { http, secrets } = this.receiverOf(feed);
    const raw = Buffer.from(JSON.stringify(body));
    const id = `msg_${createHash('sha256').update(raw).digest('base64url')}`;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = { 'content-type': 'application/json', ...signedHeaders(secrets, id, timestamp, raw) };
    await http.call({ method: 'POST', url: '', raw, headers, response: 'text' });
  }

  private receiverOf(feed: StoredFeed): Receiver {
    const { channel, url, version } = feed;
    const known = this.known.get(channel);
    const sealed = [feed.secret, ...(feed.previousSecret ? [feed.previousSecret] : [])];
    if (known?.version === version && known.secrets.length === sealed.length) return known;
    const secrets = sealed.map((each) => this.secrets.open(each, secretContext(channel)));
    const http = new OutboundHttp({
      connection: `feed ${channel}`,
      baseUrl: url,
      log: this.log,
      secrets,
      lookup: this.egress.lookup,
    });
    const receiver = { version, http, secrets };
    this.known.set(channel, receiver);
    return receiver;
  }
}

/** A secret that is stored for one channel cannot be opened for another. */
export function secretContext(channel: string): string {
  return `availability/channel-feed/${channel}`;
}
