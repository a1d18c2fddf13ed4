/**
 * The envelope of every event: CloudEvents 1.0 with our extensions. Extension names are lower case without separators
 * because the specification asks for it.
 */
export interface CrossdockEvent<T = unknown> {
  readonly specversion: '1.0';
  /** UUIDv7, made by the publisher. */
  readonly id: string;
  /** The app that decided it, e.g. `process/orders`. */
  readonly source: string;
  /** `crossdock.<domain>.<fact>.v<N>`; the catalogue is `libs/contracts/src/events`. */
  readonly type: string;
  /** The object it is about, e.g. an order id. */
  readonly subject: string;
  /** RFC 3339: when it happened. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** One id from the partner's request to the last posting. */
  readonly correlationid: string;
  /** Id of the event or message that led to this one. */
  readonly causationid?: string;
  /** Events with the same key are delivered in order. */
  readonly partitionkey: string;
  /** Grows within a partition key. */
  readonly sequence: string;
  readonly traceparent?: string;
  readonly data: T;
}
