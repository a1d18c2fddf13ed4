import { Ajv2020 } from 'ajv/dist/2020';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { CrossdockError } from '#canonical/errors';
import type { Finding } from '#canonical/errors';
import type { PutConnectionRequest } from '#contracts/connections/connections.dto';
import type { Manifest } from './backend';

const ajv = new Ajv2020({
  allErrors: true,
  useDefaults: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
});
addFormats(ajv);
const compiled = new WeakMap<object, ValidateFunction>();

/** The settings with the schema's defaults filled in; the argument is left as it is. */
export function withDefaults(manifest: Manifest, settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filled = structuredClone(settings) as Record<string, unknown>;
  validatorOf(manifest)(filled);
  return filled;
}

/**
 * Everything that is wrong with a connection at once. Errors: SETTINGS_INVALID (settings or abilities), CREDENTIALS_MISSING
 * when nothing else is wrong; pointers lead into the request.
 */
export function checkConnection(
  manifest: Manifest,
  request: PutConnectionRequest,
  credentialNames: readonly string[],
): void {
  const settings = settingsFindings(manifest, request.settings);
  const abilities = abilityFindings(manifest, request.abilities ?? []);
  const credentials = credentialFindings(manifest, request.credentials ?? {}, credentialNames);
  const findings = [...settings, ...abilities, ...credentials];
  if (findings.length === 0) return;
  throw new CrossdockError({
    code: settings.length + abilities.length > 0 ? 'SETTINGS_INVALID' : 'CREDENTIALS_MISSING',
    kind: 'invalid',
    message: findings.map((finding) => finding.detail).join('; '),
    findings,
  });
}

function validatorOf(manifest: Manifest): ValidateFunction {
  const known = compiled.get(manifest.settings);
  if (known) return known;
  const validator = ajv.compile(manifest.settings);
  compiled.set(manifest.settings, validator);
  return validator;
}

function settingsFindings(manifest: Manifest, settings: Record<string, unknown>): Finding[] {
  const validator = validatorOf(manifest);
  if (validator(structuredClone(settings))) return [];
  return (validator.errors ?? []).map((error) => ({
    code: 'SETTINGS_INVALID',
    detail: detailOf(error),
    pointer: pointerOf(error),
    ...(error.keyword === 'required' ? {} : { expected: JSON.stringify(error.params) }),
  }));
}

function pointerOf(error: ErrorObject): string {
  const name: unknown =
    error.keyword === 'required' ? error.params['missingProperty'] : error.params['additionalProperty'];
  return `/settings${error.instancePath}${typeof name === 'string' ? `/${name}` : ''}`;
}

function detailOf(error: ErrorObject): string {
  const where = pointerOf(error).slice(1).replaceAll('/', '.');
  if (error.keyword === 'required') return `${where} is missing`;
  if (error.keyword === 'additionalProperties') return `${where} is not a setting of this product`;
  return `${where} ${error.message ?? 'is wrong'}`;
}

function abilityFindings(manifest: Manifest, abilities: readonly string[]): Finding[] {
  return abilities.flatMap((ability, index) =>
    ability in manifest.abilities
      ? []
      : [
          {
            code: 'ABILITY_UNKNOWN',
            detail: `${manifest.product} has no ability ${ability}`,
            pointer: `/abilities/${String(index)}`,
          },
        ],
  );
}

function credentialFindings(manifest: Manifest, given: Record<string, unknown>, names: readonly string[]): Finding[] {
  const missing = manifest.credentials.filter((name) => !names.includes(name));
  const unknown = Object.keys(given).filter((name) => !manifest.credentials.includes(name));
  const empty = Object.entries(given).filter(([, value]) => typeof value !== 'string' || value === '');
  return [
    ...missing.map((name) => ({
      code: 'CREDENTIALS_MISSING',
      detail: `credential ${name} is missing`,
      pointer: `/credentials/${name}`,
    })),
    ...unknown.map((name) => ({
      code: 'CREDENTIALS_UNKNOWN',
      detail: `credential ${name} is not one of ${manifest.credentials.join(', ')}`,
      pointer: `/credentials/${name}`,
    })),
    ...empty.map(([name]) => ({
      code: 'CREDENTIALS_MISSING',
      detail: `credential ${name} is not a text`,
      pointer: `/credentials/${name}`,
    })),
  ];
}
