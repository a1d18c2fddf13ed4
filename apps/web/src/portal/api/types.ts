import type { components } from '#sdk/generated/account';
import type { components as portal } from '#sdk/generated/portal';

type Schemas = components['schemas'];
export type KeyView = Schemas['KeyView'];
export type ListedKey = Schemas['ListedKey'];
export type CredentialUse = Schemas['CredentialUse'];
export type ClientView = Schemas['ClientView'];
export type ListedClient = Schemas['ListedClient'];
export type NewClientView = Schemas['NewClientView'];
export type ClientList = Schemas['ClientList'];
export type OwnAuditPage = Schemas['OwnAuditPage'];
export type OwnAuditEntry = Schemas['OwnAuditEntry'];
export type NewKeyView = Schemas['NewKeyView'];
export type KeyList = Schemas['KeyList'];
export type RequestPage = Schemas['RequestPage'];
export type RequestSummary = Schemas['RequestSummary'];
export type RequestDetail = Schemas['RequestDetail'];
export type PeopleList = Schemas['PeopleList'];
export type PersonView = Schemas['PersonView'];
export type CertificationView = Schemas['CertificationView'];
export type ChangelogView = Schemas['ChangelogView'];
export type ChangelogEntry = Schemas['ChangelogEntry'];
export type DeprecationNotice = Schemas['DeprecationNotice'];
export type UsageView = Schemas['UsageView'];
export type PlanUsage = Schemas['PlanUsage'];

type Portal = portal['schemas'];
export type Endpoint = Portal['WebhookEndpoint'];
export type NewEndpoint = Portal['NewWebhookEndpoint'];
export type EndpointContent = Portal['WebhookEndpointContent'];
export type EndpointList = Portal['WebhookEndpointList'];
export type Delivery = Portal['WebhookDelivery'];
export type DeliveryDetail = Portal['WebhookDeliveryDetail'];
export type DeliveryPage = Portal['WebhookDeliveryPage'];
export type WebhookReplay = Portal['WebhookReplay'];
export type PartnerEvent = Portal['PartnerEvent'];
export type EventPage = Portal['PartnerEventPage'];
export type EventTypeList = Portal['EventTypeList'];

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
