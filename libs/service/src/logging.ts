import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { currentCorrelation } from './correlation';

/** Names whose values never reach a log, wherever they stand. */
const SECRET_FIELDS = [
  'authorization',
  'password',
  'secret',
  'credentials',
  'token',
  'apiKey',
  'api-key',
  'cookie',
  'webhook-signature',
];
const REDACTED = SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
const KEY_TEXT = /\b(cdk_(?:live|test)_|whsec_)[A-Za-z0-9+/=_-]+/g;

const level = process.env['LOG_LEVEL'] ?? 'info';

/** JSON lines on standard output with the correlation id of the work they belong to; secrets are masked. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Pino = pino({
    level,
    base: { app: process.env['CROSSDOCK_APP'] ?? 'crossdock' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: '***' },
    mixin: () => {
      const correlation = currentCorrelation();
      return correlation === undefined ? {} : { correlation };
    },
    formatters: { level: (label) => ({ level: label }) },
  });

  debug(fields: unknown, message?: unknown): void {
    this.write('debug', fields, message);
  }
  info(fields: object, message: string): void {
    this.write('info', fields, message);
  }
  warn(fields: unknown, message?: unknown): void {
    this.write('warn', fields, message);
  }
  error(fields: unknown, message?: unknown): void {
    this.write('error', fields, message);
  }
  /** Nest's own words: of use to its developers, noise to an operator. */
  log(message: unknown): void {
    this.pino.debug(String(message));
  }

  private write(at: 'debug' | 'info' | 'warn' | 'error', fields: unknown, message: unknown): void {
    if (typeof fields === 'object' && fields !== null)
      this.pino[at](withError(fields), mask(typeof message === 'string' ? message : ''));
    else this.pino[at](mask([fields, message].filter((part) => typeof part === 'string').join(' ')));
  }
}

function mask(message: string): string {
  return message.replaceAll(KEY_TEXT, '$1***');
}

/** An error under `error` is written with its name, message and stack; the message may quote a key. */
function withError(fields: object): object {
  if (!('error' in fields) || !(fields.error instanceof Error)) return fields;
  const { error } = fields;
  return { ...fields, error: { name: error.name, message: mask(error.message), stack: error.stack } };
}
