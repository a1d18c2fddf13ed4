export class EventTypeView {
  /** @example "order.shipped" */
  type: string;
  /** @example "All of an order that is not cancelled has left." */
  description: string;
  /** Version of the schema of its data. @example 1 */
  schemaVersion: number;
  /** Name of that schema in this document. @example "OrderEventData" */
  dataSchema: string;
}
export class EventTypeList {
  eventTypes: EventTypeView[];
}
