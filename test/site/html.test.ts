import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { pages } from './site.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // How Astro and Starlight write HTML, valid all the same.
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-inline-style': 'off',
    'attr-quotes': 'off',
    'long-title': 'off',
    'script-type': 'off',
    'require-sri': 'off',
    // Custom elements' buttons and Solid's markers.
    'no-implicit-button-type': 'off',
    'no-raw-characters': ['error', { relaxed: true }],
    // Several landmarks of one kind are told apart by their names; axe checks that in the browser.
    'unique-landmark': 'off',
    'prefer-native-element': 'off',
    'tel-non-breaking': 'off',
    'valid-id': ['error', { relaxed: true }],
  },
});

describe('HTML', () => {
  it.each(pages)('$path is valid', async ({ html, file }) => {
    const report = await validator.validateString(html, file);
    const messages = report.results.flatMap(({ messages }) =>
      messages.map(
        ({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`,
      ),
    );
    expect(messages.slice(0, 20)).toEqual([]);
  });
});
