import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { mirrorsCollection } from './collections/mirrors.ts';

/** What every page of the guide says of itself, beyond Starlight's own frontmatter. */
const guide = z.object({
  /** Which versions the page holds for (适用版本). */
  appliesTo: z.string().optional(),
  /** The day its facts were last checked (最近核对). */
  checked: z.coerce.date().optional(),
  /** Where claims that surprise can be read. */
  sources: z.array(z.object({ text: z.string(), url: z.url() })).default([]),
  /** Where to go next: paths within the site. */
  related: z.array(z.string().startsWith('/').endsWith('/')).default([]),
  /** What a reader types into the search for this page: other names, and words segmented otherwise inside a title. */
  keywords: z.array(z.string()).default([]),
  /** Its numbered sections are the steps of one procedure, done in their order. */
  procedure: z.boolean().default(false),
  /** The error category an error page explains; equals its file name. */
  category: z.string().optional(),
});

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content/docs', pattern: '**/*.mdx' }),
    schema: docsSchema({ extend: guide }),
  }),
  mirrors: defineCollection(mirrorsCollection),
};
