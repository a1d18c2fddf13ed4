import type { RouteOptions } from 'fastify';
import type { Operation } from '../documents/operations';
import { OAUTH_PATHS } from '../oauth/token-endpoint';

/** Paths that no audience's document describes: backends' webhooks, the documents themselves, pages for people, sign-in, tokens, health. */
const OPEN = [
  ...OAUTH_PATHS,
  /^\/inbound\//,
  /^\/openapi\//,
  /^\/docs(\/|$)/,
  /^\/developers(\/|$)/,
  /^\/auth\//,
  /^\/livez$/,
  /^\/readyz$/,
];

/** Which operation a route serves, and whether documents and routes agree. */
export class RouteTable {
  private readonly operations: ReadonlyMap<string, Operation>;
  private readonly served = new Set<string>();
  private readonly strays = new Set<string>();
  private readonly methods = new Map<string, Set<string>>();
  private readonly patterns = new Map<string, RegExp>();

  constructor(
    operations: readonly Operation[],
    private readonly open: readonly RegExp[] = [],
  ) {
    this.operations = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  }

  /** Notes a route as Fastify registers it. */
  add({ method, url }: Pick<RouteOptions, 'method' | 'url'>): Operation | undefined {
    const path = trimmed(url);
    let found: Operation | undefined;
    for (const each of [method].flat()) {
      this.note(each, path);
      const operation = this.find(each, path);
      if (operation !== undefined) this.served.add(`${operation.method} ${operation.path}`);
      else if (!this.isOpen(path) && each !== 'OPTIONS') this.strays.add(`${each} ${path}`);
      found ??= operation;
    }
    return found;
  }

  find(method: string, url: string | undefined): Operation | undefined {
    return this.operations.get(`${method === 'HEAD' ? 'GET' : method} ${trimmed(url ?? '')}`);
  }

  isOpen(path: string): boolean {
    return [...OPEN, ...this.open].some((pattern) => pattern.test(path));
  }

  /** Methods that the path does have, for Allow; none when the path is not known at all. */
  allowed(path: string): string[] {
    const matches = [...this.patterns].filter(([, pattern]) => pattern.test(trimmed(path)));
    return [...new Set(matches.flatMap(([route]) => [...(this.methods.get(route) ?? [])]))].sort();
  }

  /** Throws when a route is served that no document gives a scope, or a documented one is not served. */
  assertComplete(): void {
    const missing = [...this.operations.keys()].filter((key) => !this.served.has(key));
    const faults = [
      ...[...this.strays].map((route) => `${route} is served, but no document declares it with a scope`),
      ...missing.map((route) => `${route} is documented, but not served`),
    ];
    if (faults.length > 0) throw new Error(`documents and routes disagree:\n  - ${faults.join('\n  - ')}`);
  }

  private note(method: string, path: string): void {
    if (path.includes('*')) return;
    const methods = this.methods.get(path) ?? new Set();
    this.methods.set(path, methods.add(method));
    const pattern = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escaped(part)));
    this.patterns.set(path, new RegExp(`^${pattern.join('/')}$`));
  }
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function escaped(part: string): string {
  return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
