import { glob } from 'astro/loaders';
import { mirrorSchema } from './mirror-schema.ts';

/** The `mirrors` collection: one JSON file per service under content/mirrors; its name is the id. */
export const mirrorsCollection = {
  loader: glob({ base: './content/mirrors', pattern: '*.json' }),
  schema: mirrorSchema,
};
