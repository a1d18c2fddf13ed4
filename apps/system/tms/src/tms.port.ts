import type { Backend, Connection } from '#connections/backend';
import type { TrackingStatus } from '#canonical/order';
import type {
  BuyLabelRequest,
  LabelResult,
  RateRequest,
  RateResponse,
  TrackingState,
  VoidLabelResponse,
} from '#contracts/tms/tms.dto';

/** What a carrier made for money. `documentNumber` is its own id of the label. */
export interface Label extends Omit<LabelResult, 'businessKey' | 'label' | 'outcome'> {
  readonly documentNumber: string;
}
export interface FoundLabel extends Label {
  readonly voided: boolean;
}

/** What a tracking notification says of one parcel. */
export interface TrackingNews {
  readonly trackingNumber: string;
  readonly status: TrackingStatus;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly detail?: string;
}

/** One notification of a message; what it does not tell (unknown status) has no news, what cannot be read has the error. */
export type MappedNotification =
  { readonly news?: TrackingNews; readonly error?: undefined } | { readonly error: Error };

/** How a carrier calls us. */
export interface TmsWebhooks {
  /** Proves the sender; answers the id under which the message is deduplicated. Errors: WEBHOOK_SIGNATURE_INVALID (unauthenticated). */
  verify(headers: Readonly<Record<string, string | undefined>>, body: Buffer): string;
  /** Errors: WEBHOOK_UNREADABLE (invalid) when the whole message is not understood. */
  map(body: Buffer): readonly MappedNotification[];
}

/** What any carrier or carrier aggregator must do, in canonical words. */
export interface TmsPort {
  rates(request: RateRequest): Promise<RateResponse>;
  /** Buys without looking first: only `createOnce` may call it. */
  buy(request: BuyLabelRequest): Promise<Label>;
  /** The label bought for this business key, also a voided one; undefined only when it is certain that there is none. */
  find(businessKey: string): Promise<FoundLabel | undefined>;
  void(label: FoundLabel): Promise<VoidLabelResponse>;
  track(trackingNumber: string): Promise<TrackingState>;
}

/** A carrier product. Webhooks are taken also while its connection is paused, so they need no port. */
export interface TmsBackend extends Backend<TmsPort> {
  /** Undefined when the connection takes none. */
  webhooks?(connection: Connection): TmsWebhooks | undefined;
}

export const TMS_ABILITIES = {
  canPushTracking: 'Tells of tracking by webhook.',
} as const;
