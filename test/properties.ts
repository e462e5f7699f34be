import fc from 'fast-check';

/**
 * Property tests take the same cases at every run, so that a change that breaks nothing passes.
 * `PROPERTY_SEED=random npm run unit` looks for new ones; `PROPERTY_RUNS` says how many.
 */
const { PROPERTY_SEED, PROPERTY_RUNS } = process.env;
fc.configureGlobal({
  ...(PROPERTY_SEED !== 'random' && { seed: Number(PROPERTY_SEED ?? 2026) }),
  ...(PROPERTY_RUNS && { numRuns: Number(PROPERTY_RUNS) }),
});
