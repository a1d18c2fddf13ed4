/** As much of a browser as a sign-in needs: cookies by path, redirects by hand, and the CSRF token of the session. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  lastCookie = '';

  constructor(
    private readonly url: string,
    cookie?: string,
  ) {
    if (cookie !== undefined) this.keep(cookie);
  }

  cookie(name: string): string {
    return this.cookies.get(name) ?? '';
  }

  /** Signs in as an account of the sandbox; answers where it was sent in the end. */
  async signIn(person: string, to = '/developers'): Promise<string> {
    return this.follow(await this.callbackOf(person, to));
  }

  /** The address by which the provider sends the browser back. */
  async callbackOf(person: string, to = '/developers'): Promise<string> {
    let next = await this.follow(`${this.url}/auth/sign-in?to=${encodeURIComponent(to)}`);
    next = await this.follow(next);
    const chosen = await this.send('POST', next, new URLSearchParams({ person }));
    return this.follow(chosen.headers.get('location') ?? '');
  }

  /** Where a GET is redirected to; a path when it stays here. */
  async follow(address: string): Promise<string> {
    const response = await this.send('GET', address);
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${address} answered ${response.status} ${await response.text()}`);
    const there = new URL(location, this.url);
    return there.pathname.startsWith('/developers') ? `${there.pathname}${there.search}` : there.href;
  }

  /** A call of our own pages. `csrf: undefined` leaves the token out. */
  async call(
    method: string,
    path: string,
    body?: object,
    options: { csrf?: string | undefined } = { csrf: 'own' },
  ): Promise<{ status: number; body: any }> {
    const csrf = options.csrf === 'own' && method !== 'GET' ? await this.csrf() : options.csrf;
    const response = await this.send(method, `${this.url}${path}`, body, csrf === 'own' ? undefined : csrf);
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  private async csrf(): Promise<string> {
    return String((await this.call('GET', '/auth/session')).body.csrf ?? '');
  }

  private async send(method: string, address: string, body?: object, csrf?: string): Promise<Response> {
    const form = body instanceof URLSearchParams;
    const response = await fetch(new URL(address, this.url), {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...(csrf !== undefined && csrf !== '' && { 'x-csrf-token': csrf }),
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  private keep(cookie: string): void {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
    if (name === 'crossdock_session') this.lastCookie = cookie;
  }
}
