/** Where each app listens when every app is a process of its own on one machine; `CROSSDOCK_<APP>_URL` names another place. */
const PORTS: Readonly<Record<string, number>> = {
  sandbox: 4100,
  portal: 4101,
  marketplace: 4102,
  planner: 4103,
  operations: 4104,
  reference: 4111,
  availability: 4112,
  orders: 4113,
  shipments: 4114,
  exceptions: 4115,
  webhooks: 4116,
  erp: 4121,
  wms: 4122,
  tms: 4123,
};

export function peerPort(app: string): number {
  const base = Number(process.env['CROSSDOCK_PORT_BASE'] ?? 4100);
  const port = PORTS[app];
  if (port === undefined) throw new Error(`no port is known for ${app}: set PORT`);
  return port - 4100 + base;
}

/** Base URL of the app that a document (`process/orders.v1`) or a plain name (`orders`) stands for. */
export function peerUrl(documentOrApp: string): string {
  const app = documentOrApp.replace(/^.*\//, '').replace(/\.v\d+$/, '');
  return process.env[`CROSSDOCK_${app.toUpperCase()}_URL`] ?? `http://127.0.0.1:${peerPort(app)}`;
}
