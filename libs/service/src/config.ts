import type { FactoryProvider } from '@nestjs/common';
import { Decimal } from 'decimal.js';

/** One setting: its environment variable, its default (undefined: it must be set) and how its text is read. */
export interface Setting<T> {
  readonly variable: string;
  readonly fallback: T | undefined;
  readonly doc: string;
  /** Throws RangeError with what would have been accepted. */
  readonly read: (text: string) => T;
  readonly secret?: boolean;
}
type Shape = Readonly<Record<string, Setting<unknown>>>;
type Values<S extends Shape> = { readonly [Key in keyof S]: S[Key] extends Setting<infer T> ? T : never };

export interface ConfigSpec<S extends Shape = Shape> {
  readonly name: string;
  readonly shape: S;
  readonly token: symbol;
  readonly provider: FactoryProvider<Values<S>>;
}
export type ConfigOf<Spec> = Spec extends ConfigSpec<infer S> ? Values<S> : never;

/** Declares the settings of one app. They are read once, at boot, all faults together: see `readConfig`. */
export function defineConfig<S extends Shape>(name: string, shape: S): ConfigSpec<S> {
  const token = Symbol(`config:${name}`);
  return { name, shape, token, provider: { provide: token, useFactory: () => valuesOf(shape, process.env, []) } };
}

/** Reads every setting of every app and throws one error that lists each fault, so that a boot fails once, not five times. */
export function checkConfig(specs: readonly ConfigSpec[], environment: NodeJS.ProcessEnv = process.env): void {
  const faults: string[] = [];
  for (const spec of specs) valuesOf(spec.shape, environment, faults);
  if (faults.length > 0) throw new ConfigError(faults);
}

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `the configuration has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n  - ${faults.join('\n  - ')}`,
    );
    this.name = 'ConfigError';
  }
}

function valuesOf<S extends Shape>(shape: S, environment: NodeJS.ProcessEnv, faults: string[]): Values<S> {
  const entries = Object.entries(shape).map(([key, setting]) => [key, valueOf(setting, environment, faults)] as const);
  return Object.fromEntries(entries) as Values<S>;
}

function valueOf<T>(setting: Setting<T>, environment: NodeJS.ProcessEnv, faults: string[]): T | undefined {
  const text = environment[setting.variable];
  if (text === undefined || text === '') {
    if (setting.fallback === undefined) faults.push(`${setting.variable} is not set: ${setting.doc}`);
    return setting.fallback;
  }
  try {
    return setting.read(text);
  } catch (error) {
    const shown = setting.secret === true ? 'its value' : JSON.stringify(text);
    faults.push(
      `${setting.variable}: ${shown} ${error instanceof Error ? error.message : String(error)} (${setting.doc})`,
    );
    return undefined;
  }
}

export function text(variable: string, fallback: string | undefined, doc: string): Setting<string> {
  return { variable, fallback, doc, read: (value) => value };
}

export function secret(variable: string, fallback: string | undefined, doc: string): Setting<string> {
  return { ...text(variable, fallback, doc), secret: true };
}

export function integer(
  variable: string,
  fallback: number | undefined,
  doc: string,
  range: { min?: number; max?: number } = {},
): Setting<number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  const read = (value: string): number => {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < min || number > max)
      throw new RangeError(`is not a whole number from ${min} to ${max}`);
    return number;
  };
  return { variable, fallback, doc, read };
}

export function decimal(variable: string, fallback: string | undefined, doc: string): Setting<string> {
  const read = (value: string): string => {
    if (!/^\d+(\.\d+)?$/.test(value)) throw new RangeError('is not a decimal number');
    return new Decimal(value).toFixed();
  };
  return { variable, fallback, doc, read };
}

export function flag(variable: string, fallback: boolean | undefined, doc: string): Setting<boolean> {
  const read = (value: string): boolean => {
    if (!/^(true|false|1|0)$/.test(value)) throw new RangeError('is neither true nor false');
    return value === 'true' || value === '1';
  };
  return { variable, fallback, doc, read };
}
