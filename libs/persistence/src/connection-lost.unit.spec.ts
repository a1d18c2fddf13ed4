import { CrossdockError } from '#canonical/errors';
import { explained } from './connection-lost';

function thrownFor(error: unknown): unknown {
  try {
    return explained(error);
  } catch (thrown) {
    return thrown;
  }
}

describe('errors of queries', () => {
  it.each([
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
    Object.assign(new Error('connect ECONNREFUSED /socket/.s.PGSQL.5432'), { code: 'ECONNREFUSED' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ])('a lost connection is unavailable and may be tried again: $message', (error) => {
    const thrown = thrownFor(error);
    expect(thrown).toBeInstanceOf(CrossdockError);
    expect(thrown).toMatchObject({ code: 'DATABASE_UNAVAILABLE', kind: 'unavailable', retryable: true, cause: error });
  });

  it.each([
    Object.assign(new Error('duplicate key'), { code: '23505' }),
    Object.assign(new Error('deadlock detected'), { code: '40P01' }),
    new TypeError('x is not a function'),
  ])('any other error stays as it is: $message', (error) => {
    expect(thrownFor(error)).toBe(error);
  });
});
