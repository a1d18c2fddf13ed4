/**
 * What partners are told of. A type is a promise: its data only grows; what breaks it is a new type beside the old. Events are thin: they
 * say what has happened to which object, and the object itself is read from the API.
 */
export const EVENT_TYPES = {
  'order.accepted': 'An order was recorded.',
  'order.held': 'An order waits for a person or for reference data.',
  'order.resumed': 'An order goes on after it was held.',
  'order.backordered': 'Some of an order waits for stock that nobody has promised.',
  'order.promised': 'All of an order is on hand or promised for a day.',
  'order.released': 'At least one warehouse works on an order.',
  'order.cancel-requested': 'The warehouses were asked to give back all that is open of an order.',
  'order.partially-shipped': 'Some of an order has left.',
  'order.shipped': 'All of an order that is not cancelled has left.',
  'order.cancelled': 'An order was cancelled.',
  'order.line.parked':
    'A line waits, because its item or unit code means nothing to us yet. The rest of its order goes on.',
  'order.line.resumed': 'A line that was parked goes on, or was cancelled.',
  'order.line.substituted': 'Another item is delivered in place of one that was ordered, with the partner’s consent.',
  'backorder.promised': 'Lines wait, wait for another day, or no longer wait.',
  'shipment.dispatched': 'Goods have left a warehouse.',
  'shipment.updated': 'Carrier, tracking numbers or tracking of a shipment are known or have changed.',
  'shipment.delivered': 'A shipment has arrived.',
  'shipment.corrected': 'A shipment was not what it was said to be, or did not leave at all.',
  'invoice.issued': 'A shipment was billed.',
  'reservation.preempted': 'A more urgent demand has taken what a reservation held.',
  'exception.opened': 'Something of an order or a shipment stopped, and a person looks at it.',
  'exception.cleared': 'What had stopped goes on.',
  'webhook.test': 'A test that somebody asked for.',
  'webhook.disabled': 'An endpoint is sent nothing any more, until it is enabled again.',
} as const;

export type EventType = keyof typeof EVENT_TYPES;
export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as EventType[];
