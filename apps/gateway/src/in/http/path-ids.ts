import { ApiParam } from '@nestjs/swagger';

/** Ids that people choose: of partners and plans. Lower case, so that two never differ by case alone. */
export const SLUG_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** `:id` of a partner or a plan. */
export const ChosenId = (): MethodDecorator => idParam('id', SLUG_PATTERN);

/** `:id` or `:key` of a key. */
export const KeyId = (name: string): MethodDecorator => idParam(name, /^key_[0-9a-f]{32}$/);

/** `:id` or `:client` of an OAuth client. */
export const ClientId = (name: string): MethodDecorator => idParam(name, /^app_[0-9a-f]{32}$/);

function idParam(name: string, pattern: RegExp): MethodDecorator {
  return ApiParam({ name, required: true, schema: { type: 'string', pattern: pattern.source } });
}

/** `:id` of a request in the log. */
export const LogId = (): MethodDecorator => idParam('id', /^log_[0-9a-f]{32}$/);

/** `:email` of a person. */
export const PersonEmail = (): MethodDecorator => idParam('email', /^[^\s@/]{1,64}@[^\s@/]{1,190}$/);
