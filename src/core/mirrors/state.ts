import { mayHoldLogin } from '../config/secrets.ts';
import { createCodec, type Field, textField } from '../share/index.ts';
import { mirrors } from './catalogue.ts';

/** What a link to the mirror check carries. */
export interface CheckState {
  /** Ids of the catalogue's mirrors to try; undefined = the suggestion of the day. */
  chosen: string[];
  /** The reader's own addresses. */
  own: string[];
  image: string;
  digest: string;
}

export const DEFAULT_IMAGE = 'alpine';

const chosen: Field<string[]> = {
  key: 'try',
  encode: (ids) => ids.join(','),
  decode: (text) => text.split(',').filter((id) => mirrors.some((mirror) => mirror.id === id)),
};

/** An address with user info is a secret; a query may be a token, and no mirror has one. */
const own: Field<string[]> = {
  key: 'own',
  encode: (urls) => {
    const open = urls.filter((url) => !mayHoldLogin(url)).map((url) => url.replace(/[?#].*$/s, ''));
    return open.length === 0 ? undefined : open.join(',');
  },
  decode: (text) => text.split(',').filter((url) => url !== '' && !url.includes('@')),
};

/** The codec of the mirror check's link, e.g. `v=1&try=1ms,nat-tf-1&own=https://cache.example`. */
export const checkCodec = createCodec<CheckState>({
  version: 1,
  fields: {
    chosen,
    own,
    image: textField('image', DEFAULT_IMAGE),
    digest: textField('digest'),
  },
});
