import { Spectral, type RulesetDefinition } from '@stoplight/spectral-core';
import type { OpenApiDocument } from '#service/documents';
import { STYLE_RULES } from './style-rules';

/** Our rules as a Spectral ruleset: each looks at the document as it stands, with its references unresolved. */
export function rulesetFor(isPublic: boolean): RulesetDefinition {
  const rules = Object.entries(STYLE_RULES).filter(([, { publicOnly }]) => isPublic || publicOnly !== true);
  return {
    rules: Object.fromEntries(
      rules.map(([name, { description, check }]) => [
        name,
        {
          description,
          message: '{{error}}',
          severity: 'error' as const,
          given: '$',
          resolved: false,
          then: { function: (document: unknown) => check(document as OpenApiDocument).map((fault) => ({ ...fault })) },
        },
      ]),
    ),
  };
}

/** `rule at/where: what`, for every fault of a document. `name` is `<layer>/<app>.v<N>`. */
export async function styleFaults(name: string, document: OpenApiDocument): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset(rulesetFor(/^(experience|gateway)\//.test(name)));
  const results = await spectral.run(document as unknown as Record<string, unknown>);
  return results.map(({ code, path, message }) => `${name}: ${code} at ${path.join('/')}: ${message}`);
}
