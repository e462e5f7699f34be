import type { Settings } from './settings.ts';

/** The hash (without `#`) that opens the generator with these settings. */
export function settingsHash(_settings: Partial<Settings>): string {
  return 'v=1';
}
