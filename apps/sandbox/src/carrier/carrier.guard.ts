import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { carrierError } from './carrier.requests';
import { CarrierBooks } from './carrier.store';

/** `API-Key: <key of the account>`. */
@Injectable()
export class CarrierKeyGuard implements CanActivate {
  constructor(private readonly books: CarrierBooks) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { installation: string } }>>();
    const account = await this.books.account(request.params.installation);
    const given = request.headers['api-key'];
    if (account && typeof given === 'string' && same(given, account.apiKey)) return true;
    throw carrierError(401, [
      { error_type: 'security', error_code: 'unauthorized', message: 'the API key is invalid' },
    ]);
  }
}

function same(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
