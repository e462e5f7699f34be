import { describe, expect, it } from 'vitest';
import { parseUrl, standardHost } from '../../../src/core/noproxy/shared/url.ts';

describe('standardHost', () => {
  it.each([
    // What Chromium's URL gives, what it was given, what the standard has.
    ['git%2A.test', 'http://git*.test/', 'git*.test'],
    ['%2A.corp.example', 'https://*.corp.example:443/v2/', '*.corp.example'],
    ['a%20b.test', 'http://a b.test/', undefined],
    ['a%20b.test', 'http://a\u3000b.test/', undefined],
    ['[::1]', 'http://[::1\u00ad]/', undefined],
    ['[::1]', 'http://[::1]\u200b/', undefined],
    ['[::10]', 'http://[::1\uff10]/', undefined],
    ['[::102:304]', 'http://[::01.2.3.4]/', undefined],
    ['[::102:304]', 'http://[::1.2.3.4]:80/', '[::102:304]'],
    ['[::1]', ' http:\\\\us[er:p@[::1]\\x', '[::1]'],
    ['[fd00::1]', 'http://[FD00:0:0::1]?[', '[fd00::1]'],
    ['git.test', 'http://GIT.test/', 'git.test'],
  ])('%s from %s is %s', (hostname, text, want) => {
    expect(standardHost(hostname, text)).toBe(want);
  });

  it('leaves what Node gives as it is', () => {
    for (const text of [
      'http://a*b.test/',
      'http://[::1.2.3.4]:80/',
      'http://[1:2:3:4:5:6:7::]/',
    ]) {
      expect(parseUrl(text)?.hostname).toBe(new URL(text).hostname);
    }
  });
});
