import type { components } from '#sdk/generated/account';

type Schemas = components['schemas'];
export type KeyView = Schemas['KeyView'];
export type NewKeyView = Schemas['NewKeyView'];
export type KeyList = Schemas['KeyList'];
export type RequestPage = Schemas['RequestPage'];
export type RequestSummary = Schemas['RequestSummary'];
export type RequestDetail = Schemas['RequestDetail'];
export type UsageView = Schemas['UsageView'];
export type PlanUsage = Schemas['PlanUsage'];

/** What `/auth/session` answers. */
export type Session =
  | { readonly signedIn: false; readonly available: boolean }
  | {
      readonly signedIn: true;
      readonly name: string;
      readonly email: string;
      readonly role: 'viewer' | 'developer' | 'admin';
      readonly partner: { readonly id: string; readonly name: string };
      readonly csrf: string;
    };
export type SignedIn = Extract<Session, { signedIn: true }>;
