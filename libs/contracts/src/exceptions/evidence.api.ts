import { defineApi } from '../api';
import {
  ListMessagesQuery,
  type MessagePage,
  MessageQuery,
  type MessageView,
  type OrderTimeline,
  OrderTimelineQuery,
} from './evidence.dto';

/** What happened, and the raw messages that prove it. */
export abstract class EvidenceApi {
  /** Everything known of an order by time. Errors: ORDER_UNKNOWN (not-found) when nothing is known of it. */
  abstract timeline(query: OrderTimelineQuery): Promise<OrderTimeline>;
  /** Errors: CURSOR_INVALID (invalid). */
  abstract messages(query: ListMessagesQuery): Promise<MessagePage>;
  /** Errors: MESSAGE_UNKNOWN (not-found). */
  abstract message(query: MessageQuery): Promise<MessageView>;
}

export const evidenceContract = defineApi<EvidenceApi>({
  token: EvidenceApi,
  document: 'process/exceptions.v1',
  name: 'evidence',
  routes: {
    timeline: { verb: 'GET', path: '/v1/orders/:order/timeline', input: OrderTimelineQuery },
    messages: { verb: 'GET', path: '/v1/messages', input: ListMessagesQuery },
    message: { verb: 'GET', path: '/v1/messages/:id', input: MessageQuery },
  },
});
