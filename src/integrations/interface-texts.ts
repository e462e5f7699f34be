import type { StarlightPlugin } from '@astrojs/starlight/types';
import texts from '../../content/i18n/zh-CN.json' with { type: 'json' };

/**
 * Gives Starlight the interface texts of content/i18n: those it leaves in English and those that should
 * read otherwise here. (It looks for such files only below src/content.)
 */
export function interfaceTexts(): StarlightPlugin {
  return {
    name: 'interface-texts',
    hooks: {
      // Starlight wants this hook of every plugin.
      'config:setup': () => {},
      'i18n:setup': ({ injectTranslations }) => injectTranslations({ 'zh-CN': texts }),
    },
  };
}
