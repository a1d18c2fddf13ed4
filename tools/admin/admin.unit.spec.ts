import { UsageError } from '../cli/client';
import { table } from './call';
import { policyOf } from './plans';

describe('npm run crossdock', () => {
  it('takes a policy as name=calls/seconds', () => {
    expect(policyOf('burst=600/60')).toEqual({ name: 'burst', quota: 600, windowSeconds: 60 });
  });

  it.each(['burst', 'burst=600', 'burst=600/', 'Burst=600/60', 'burst=-1/60', 'burst=1.5/60', '=1/1'])(
    'refuses the policy %j',
    (text) => expect(() => policyOf(text)).toThrow(UsageError),
  );

  it('prints columns as wide as what is in them', () => {
    expect(table([['a', 'active', 'x'], ['harbour', '', 'y']], 'none')).toBe('a        active  x\nharbour          y'); // prettier-ignore
    expect(table([], 'none')).toBe('none');
  });
});
