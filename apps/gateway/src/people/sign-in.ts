import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CrossdockError } from '#canonical/errors';
import { gatewayConfig, type GatewayConfig } from '../config';
import { keyHash } from '../partners/key-text';
import { PeopleStore, type Identity } from './people.store';
import { Sessions } from './sessions';

/** An OpenID provider and who we are there. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
/** Where the browser goes next, and what it must bring back to be believed. */
export interface Departure {
  readonly url: string;
  readonly state: string;
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Signs people in through the OpenID provider of the installation: authorization code with PKCE, state and nonce. */
@Injectable()
export class SignIn {
  private provider: IdentityProvider | undefined;
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly store: PeopleStore,
    private readonly sessions: Sessions,
    @Inject(gatewayConfig.token) config: GatewayConfig,
  ) {
    const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = config;
    if (issuer !== '') this.use({ issuer, clientId, clientSecret });
  }

  get configured(): boolean {
    return this.provider !== undefined;
  }

  use(provider: IdentityProvider): void {
    this.provider = provider;
    this.discovered = undefined;
  }

  /** Errors: SIGN_IN_UNAVAILABLE. `returnTo` is a path of our own pages. */
  async depart(redirectUri: string, returnTo: string): Promise<Departure> {
    const configuration = await this.configuration();
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    await this.store.startSignIn(keyHash(state), { verifier, nonce, returnTo, redirectUri });
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, state };
  }

  /**
   * The browser is back: what its session cookie is to hold, and where it wanted to go. Errors: SIGN_IN_EXPIRED when it is not the one
   * that left or took too long, SIGN_IN_REFUSED by the provider, ACCESS_DENIED when nobody has invited this person.
   */
  async arrive(state: string | undefined, query: string): Promise<{ token: string; returnTo: string }> {
    const started = state === undefined ? undefined : await this.store.takeSignIn(keyHash(state));
    if (state === undefined || started === undefined) throw expired();
    const identity = await this.identity(state, started, new URL(`${started.redirectUri}${query}`));
    const person = await this.store.recognise(identity);
    if (person === undefined) {
      throw new CrossdockError({
        code: 'ACCESS_DENIED',
        kind: 'forbidden',
        message: 'nobody has given this account access here: ask an administrator of your company to invite you',
      });
    }
    return { token: await this.sessions.open(person.id), returnTo: started.returnTo };
  }

  private async identity(state: string, started: { verifier: string; nonce: string }, url: URL): Promise<Identity> {
    const configuration = await this.configuration();
    try {
      const checks = { pkceCodeVerifier: started.verifier, expectedState: state, expectedNonce: started.nonce };
      const tokens = await oidc.authorizationCodeGrant(configuration, url, { ...checks, idTokenExpected: true });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the provider sent no ID token');
      const info = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      const email = info.email_verified === true ? info.email : undefined;
      return { issuer: claims.iss, subject: claims.sub, email };
    } catch (error) {
      throw new CrossdockError({
        code: 'SIGN_IN_REFUSED',
        kind: 'unauthenticated',
        message: 'the identity provider did not confirm the sign-in',
        cause: error,
      });
    }
  }

  /** What the provider says of itself, asked once; a provider that is away is asked again the next time. */
  private async configuration(): Promise<oidc.Configuration> {
    if (this.provider === undefined) throw unavailable('no identity provider is configured for this installation');
    const { issuer, clientId, clientSecret } = this.provider;
    const url = new URL(issuer);
    // Plain HTTP is for the provider of the demo, on this machine.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out, as it does here
    const execute = LOOPBACK.test(url.hostname) ? [oidc.allowInsecureRequests] : [];
    this.discovered ??= oidc.discovery(url, clientId, clientSecret, undefined, { execute });
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = undefined;
      throw unavailable('the identity provider does not answer', error);
    }
  }
}

function expired(): CrossdockError {
  return new CrossdockError({
    code: 'SIGN_IN_EXPIRED',
    kind: 'unauthenticated',
    message: 'this sign-in began in another browser, was used before or took too long: start again',
  });
}

function unavailable(message: string, cause?: unknown): CrossdockError {
  return new CrossdockError({ code: 'SIGN_IN_UNAVAILABLE', kind: 'unavailable', message, retryAfter: 5, cause });
}
