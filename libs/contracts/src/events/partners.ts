/** gateway → whoever serves partners. A partner was brought in, changed, stopped or let in again; said anew with every change. Key: `<partner>`. */
export const PARTNER_PUT = 'crossdock.gateway.partner-put.v1';
export interface PartnerPut {
  readonly partner: string;
  /** False: none of its keys works, and nothing is sent to it. */
  readonly active: boolean;
}
