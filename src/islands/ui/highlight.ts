import type { HighlighterCore } from 'shiki/core';

/** A piece of a line and the custom property its colour is in. */
export interface Token {
  readonly text: string;
  readonly color: string | undefined;
}

/** Code with the pieces of its lines. */
export interface Coloured {
  readonly code: string;
  readonly lines: readonly (readonly Token[])[];
}

const languages = ['json', 'ini', 'toml', 'yaml', 'bash', 'powershell', 'dockerfile'] as const;
type Language = (typeof languages)[number];

/** Above this many characters highlighting costs more than it gives. */
const LIMIT = 50_000;

let highlighter: Promise<HighlighterCore> | undefined;

async function load(): Promise<HighlighterCore> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createJavaScriptRegexEngine }] =
    await Promise.all([import('shiki/core'), import('shiki/engine/javascript')]);
  return createHighlighterCore({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    themes: [createCssVariablesTheme({ name: 'site', variablePrefix: '--code-' })],
    langs: [],
  });
}

const grammars = {
  json: () => import('shiki/langs/json.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  bash: () => import('shiki/langs/shellscript.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  dockerfile: () => import('shiki/langs/docker.mjs'),
} satisfies Record<Language, () => Promise<unknown>>;

/**
 * Splits code into coloured pieces, line by line. Loads the highlighter and the grammar when first
 * asked, so call it after first paint.
 * @returns undefined where the language is not one of ours, the text is too long or loading failed
 */
export async function highlight(code: string, language: string): Promise<Token[][] | undefined> {
  const known = languages.find((name) => name === language);
  if (!known || code.length > LIMIT) return undefined;
  try {
    highlighter ??= load();
    const shiki = await highlighter;
    const name = known === 'bash' ? 'shellscript' : known === 'dockerfile' ? 'docker' : known;
    if (!shiki.getLoadedLanguages().includes(name)) await shiki.loadLanguage(grammars[known]());
    return shiki
      .codeToTokensBase(code, { lang: name, theme: 'site' })
      .map((line) => line.map(({ content, color }) => ({ text: content, color })));
  } catch {
    return undefined;
  }
}
