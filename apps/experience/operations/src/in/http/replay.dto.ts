/** One thing outside that an order needs, by the business key under which it is made at most once. */
export class ReplayStep {
  /** ERP_ORDER, RELEASE, HOLD, COMMAND (what the order would ask for), or the effect of a shipment: GOODS_ISSUE, LABEL, ERP_DELIVERY, ERP_INVOICE … */
  step: string;
  /** @example "ord_019a…-F1" */
  key: string;
  /** DONE: it is there and is not made again. WOULD_RUN: a replay sends it out again; a HOLD is lifted. WAITS: it is under way, or a person decides. NOT_NEEDED. */
  state: 'DONE' | 'WOULD_RUN' | 'WAITS' | 'NOT_NEEDED';
  /** Document number, label id or the like of what is there. */
  reference?: string;
  detail?: string;
}
export class ReplayPreview {
  order: string;
  partner: string;
  /** Where the order would stand, before anybody has answered. @example "RELEASED" */
  statusAfter: string;
  steps: ReplayStep[];
  /** Commands and effects that a replay would send out. */
  wouldRun: number;
}
