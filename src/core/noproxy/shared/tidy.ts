import { HostIndex } from './host-index.ts';
import { memoize } from './memo.ts';
import { splitFilled } from './split.ts';

// On a tidy list (lower case, no white space, no stray dots) several clients cut and trim to the
// very same entries and compare them in the very same way. They then share one index, which is
// what keeps a list of ten thousand entries quick. On any other list each goes by its own rules.

const UNTIDY = /[A-Z\0-\x20\x7f-\uffff]|\.\.|\.(?:,|$)/;

const isTidy = memoize((value: string) => (UNTIDY.test(value) ? 'no' : 'yes'));

/** Entries that cover a domain and what is below it, a leading dot passed over. */
export function tidyDomains(value: string): HostIndex | undefined {
  return isTidy(value) === 'yes' ? domains(value) : undefined;
}

const domains = memoize((value: string) => {
  const index = new HostIndex();
  splitFilled(value).forEach((entry, position) => {
    index.addDomain(entry.startsWith('.') ? entry.slice(1) : entry, position);
  });
  return index;
});

/** Entries that cover every host that ends in their text. */
export function tidyEndings(value: string): HostIndex | undefined {
  return isTidy(value) === 'yes' ? endings(value) : undefined;
}

const endings = memoize((value: string) => {
  const index = new HostIndex();
  splitFilled(value).forEach((entry, position) => {
    index.addEnding(entry, position);
  });
  return index;
});
