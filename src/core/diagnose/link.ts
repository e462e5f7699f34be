import { createCodec } from '../share/index.ts';
import { type PlatformId, platformIds } from './platforms.ts';
import { ruleById } from './rules/index.ts';

/** What a link to a diagnosis holds: which rules were found and the platform, never the log. */
export interface LinkState {
  rules: string[];
  platform: PlatformId;
}

/** Hash of the diagnosis page: `v=1&r=dns-no-such-host,timeout-connect&p=wsl2`. */
export const linkCodec = createCodec<LinkState>({
  version: 1,
  fields: {
    rules: {
      key: 'r',
      encode: (ids) => (ids.length === 0 ? undefined : ids.slice(0, 12).join(',')),
      decode: (text) => {
        const ids = text.split(',').filter((id) => ruleById(id) !== undefined);
        return ids.length === 0 ? undefined : ids.slice(0, 12);
      },
    },
    platform: {
      key: 'p',
      encode: (platform) => (platform === 'linux' ? undefined : platform),
      decode: (text) => platformIds.find((id) => id === text),
    },
  },
});
