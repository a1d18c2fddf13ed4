import type { RequestExamples } from './request-examples';

const reason = 'was in a log file';
const key = {
  name: 'warehouse sync',
  mode: 'test',
  scopes: ['portal:orders:read', 'portal:shipments:read'],
  reason: 'nightly synchronisation',
};

/** Whole requests about keys, clients, partners, people and plans. */
export const GATEWAY: RequestExamples = {
  'account.issue': key,
  'account.revoke': { reason },
  'account.rotate': { overlapHours: 24, reason: 'yearly exchange' },
  'clients.create': key,
  'clients.revoke': { reason },
  'clients.rotate': { overlapHours: 24, reason: 'yearly exchange' },
  'audit.verify': { seq: 1, hash: '0'.repeat(64) },
  'partners.put': { name: 'Quayside Ltd', active: true, reason: 'signed on 2 March' },
  'partners.issue': { ...key, plan: 'demo' },
  'partners.revoke': { reason },
  'partnerClients.create': { ...key, plan: 'demo' },
  'partnerClients.revoke': { reason },
  'partnerClients.rotateSigningKey': { withdraw: false, reason: 'yearly exchange' },
  'people.put': { name: 'Dora Developer', role: 'developer', reason: 'new in the team' },
  'ownPeople.put': { name: 'Dora Developer', role: 'developer', reason: 'new in the team' },
  'plans.put': {
    policies: [
      { name: 'burst', quota: 600, windowSeconds: 60 },
      { name: 'daily', quota: 100000, windowSeconds: 86400 },
    ],
    reason: 'the standard plan',
  },
};
