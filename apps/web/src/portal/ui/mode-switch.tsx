import { FlaskConical, Radio } from 'lucide-react';
import { MODES, useMode } from '../mode';
import { t } from '../texts/t';

const ICONS = { live: Radio, test: FlaskConical };

/** Between what live and what test keys do. Which of the two is shown is on every page. */
export function ModeSwitch() {
  const { mode, choose } = useMode();
  return (
    <div
      role="group"
      aria-label={t('mode.label')}
      className="mb-3 grid grid-cols-2 rounded-md border border-line p-0.5"
    >
      {MODES.map((each) => {
        const Icon = ICONS[each];
        return (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            onClick={() => choose(each)}
            className="flex min-h-8 items-center justify-center gap-1.5 rounded text-sm text-soft hover:bg-raised aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-ink"
          >
            <Icon size={15} aria-hidden />
            {t(`mode.${each}`)}
          </button>
        );
      })}
    </div>
  );
}

/** Nobody takes numbers of tests for those of the business. */
export function ModeBanner() {
  const { mode } = useMode();
  if (mode === 'live') return null;
  return (
    <p className="flex items-center gap-2 bg-info-ground px-4 py-1.5 text-sm text-info sm:px-8">
      <FlaskConical size={15} aria-hidden className="shrink-0" />
      {t('app.test')}
    </p>
  );
}
