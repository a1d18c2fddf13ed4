import type { Check } from '../incoming';

/** 1. The sender is the partner of the key (the gateway says so); test messages go where test messages are taken. */
export const partner: Check = {
  name: 'PARTNER',
  run: ({ request, policy }) => {
    const sent = request.test === true ? 'TEST' : 'PRODUCTION';
    if (sent === policy.environment) return [];
    const detail = `${request.partner} sends ${policy.environment.toLowerCase()} messages here`;
    return [{ code: 'TEST_FLAG_MISMATCH', detail, pointer: '/test', seen: sent, expected: policy.environment }];
  },
};
