/**
 * The places where a process that is killed leaves work half done: between two writes that belong together, or between what was done
 * outside and our note of it. `CROSSDOCK_CRASH_AT=<point>[:n]` kills the process, as a power cut would, when it gets to that point for the
 * n-th time. Without it a point costs one comparison. test/faults/crash-points.fault.ts kills at every one but those of corrections and voids,
 * test/faults/corrections.fault.ts at those.
 */
export const CRASH_POINTS = {
  'order.recording': 'an order, its commands and events are written and not committed',
  'order.recorded': 'an order is committed and the partner not answered',
  'answer.keeping': 'an answer is ready and not kept under its idempotency key',
  'stock.reserved': 'stock is reserved, perhaps committed, and the order does not know',
  'stock.posting': 'facts are in the ledger and not committed',
  'command.answered': 'a backend has answered a command of an order and the order does not know',
  'posting.intended': 'the posting ledger has the intent and the backend was not called',
  'posting.made': 'the backend has made a document and the posting ledger does not know',
  'posting.done': 'the posting ledger has the document and whoever asked for it does not know',
  'effect.answered': 'a backend has carried out an effect of a shipment and the shipment does not know',
  'webhook.archived': 'a webhook is archived and the warehouse not answered',
  'webhook.mapping': 'a webhook is mapped to events and they are not committed',
  'event.relaying': 'events are given to their subscribers and that is not committed',
  'event.relayed': 'events are given to their subscribers and nobody was woken',
  'job.settling': 'what a job did is written, its completion too, and neither is committed',
  'job.settled': 'a job is done and its worker does not know',
  'shipment.confirming': 'a shipment and its effects are written and not committed',
  'shipment.correcting': 'a correction and what follows from it are written and not committed',
  'shipment.voiding': 'a void and what follows from it are written and not committed',
  'file.recorded': 'a file for a warehouse is recorded and not written',
  'file.written': 'a file for a warehouse is written and not marked as written',
  'file.loaded': 'a file of a warehouse is loaded and not answered',
  'file.answered': 'a file of a warehouse is answered and not put away',
  'file.archived': 'a file of a warehouse is put away and its load not closed',
} as const;
export type CrashPoint = keyof typeof CRASH_POINTS;

interface Armed {
  readonly point: string;
  left: number;
}

let armed = armedBy(process.env['CROSSDOCK_CRASH_AT'] ?? '');

/** Ends the process here when it was told to. */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left > 0) return;
  armed = undefined;
  process.kill(process.pid, 'SIGKILL');
}

function armedBy(text: string): Armed | undefined {
  if (text === '') return undefined;
  const [, point = '', times = '1'] = /^([a-z.]+)(?::(\d{1,6}))?$/.exec(text) ?? [];
  if (!(point in CRASH_POINTS)) throw new RangeError(`CROSSDOCK_CRASH_AT: ${text} is none of ${Object.keys(CRASH_POINTS).join(', ')}`); // prettier-ignore
  return { point, left: Number(times) };
}
