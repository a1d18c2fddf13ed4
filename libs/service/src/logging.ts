import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { currentCorrelation } from './correlation';
import { maskedText, maskedValue } from './masking';

const level = process.env['LOG_LEVEL'] ?? 'info';

/** JSON lines on standard output with the correlation id of the work they belong to; secrets and persons are masked. */
@Injectable()
export class Log implements LoggerService {
  private readonly pino: Pino = pino({
    level,
    base: { app: process.env['CROSSDOCK_APP'] ?? 'crossdock' },
    timestamp: pino.stdTimeFunctions.isoTime,
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
    this.pino.debug(maskedText(String(message)));
  }

  private write(at: 'debug' | 'info' | 'warn' | 'error', fields: unknown, message: unknown): void {
    if (!this.pino.isLevelEnabled(at)) return;
    if (typeof fields === 'object' && fields !== null)
      this.pino[at](loggable(fields), maskedText(typeof message === 'string' ? message : ''));
    else this.pino[at](maskedText([fields, message].filter((part) => typeof part === 'string').join(' ')));
  }
}

/**
 * Fields as they may be written. An error is written with its name, message and stack, each of which may quote what somebody sent;
 * what else hangs on it, requests and settings among them, is not.
 */
export function loggable(fields: object): object {
  const plain = Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Error ? told(value) : value,
    ]),
  );
  return maskedValue(plain) as object;
}

function told({ name, message, stack }: Error): object {
  return { name, message, stack };
}
