import { existsSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Debian's Chromium; another one by CHROMIUM. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']; // prettier-ignore
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export type Person = 'Ada Admin' | 'Dev Developer' | 'Vera Viewer' | 'Sam Stranger';

export async function launchChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: apt-get install chromium, or set CHROMIUM`);
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A person before the portal, and everything that a page must never do while it looks. */
export class Visitor {
  /** Errors on the console, exceptions, and requests that left this host. */
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('console', (message) => message.type() === 'error' && this.faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
        this.faults.push(`outside: ${request.url()}`);
    });
  }

  static async arrive(
    browser: Browser,
    url: string,
    options: { dark?: boolean; width?: number } = {},
  ): Promise<Visitor> {
    const { dark = false, width = 1280 } = options;
    const context = await browser.newContext({
      viewport: { width, height: 860 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    return new Visitor(await context.newPage(), url);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.url}/developers${path}`);
  }

  /** Signs in at the sandbox's identity provider, and is where it wanted to go. */
  async signIn(person: Person, path = ''): Promise<void> {
    await this.go(path);
    await this.page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await this.page.getByRole('button', { name: person }).click();
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 60_000 });
  }

  /** What axe finds on the page as it is now, a line each. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(AXE);
    return this.page.evaluate<string[]>(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ' ' + html.slice(0, 160) + ' ' + failureSummary.replaceAll('\\n', ' ').slice(0, 200))))`,
    );
  }

  /** Pixels that the page is wider than the window. */
  async overflow(): Promise<number> {
    return Number(await this.page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
