// @ts-expect-error The package has no types.
import { PagefindUI } from '@pagefind/default-ui';

/**
 * Puts Pagefind's interface into an element.
 * @param element a selector
 * @param translations Pagefind's texts, by its own keys
 */
export function showSearch(element: string, translations: Record<string, string>): void {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  new PagefindUI({
    element,
    baseUrl: `${base}/`,
    bundlePath: `${base}/pagefind/`,
    showImages: false,
    showSubResults: true,
    translations,
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
