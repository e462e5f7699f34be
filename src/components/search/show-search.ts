// @ts-expect-error The package has no types.
import { PagefindUI } from '@pagefind/default-ui';
import { splitQuery } from './split-query.ts';

/**
 * Puts Pagefind's interface into an element.
 * @param element a selector
 * @param translations Pagefind's texts, by its own keys
 */
export async function showSearch(
  element: string,
  translations: Record<string, string>,
): Promise<void> {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const answer = await fetch(`${base}/pagefind/words.json`);
  if (!answer.ok) throw new Error(`words.json: ${answer.status}`);
  const words = new Set<string>(await answer.json());
  new PagefindUI({
    element,
    baseUrl: `${base}/`,
    bundlePath: `${base}/pagefind/`,
    showImages: false,
    showSubResults: true,
    translations,
    processTerm: (term: string) => splitQuery(term, words),
    // A hit in a title says more than one in a long page's text.
    ranking: {
      pageLength: 0.1,
      termSaturation: 1.6,
      termFrequency: 0.4,
      metaWeights: { title: 8 },
    },
  });
  // Pagefind names its field by a placeholder and a title alone.
  document
    .querySelector(`${element} input`)
    ?.setAttribute('aria-label', translations.placeholder ?? '');
}
