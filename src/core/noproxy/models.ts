import { apk } from './clients/apk.ts';
import { apt } from './clients/apt.ts';
import { axios } from './clients/axios.ts';
import { busyboxWget } from './clients/busybox-wget.ts';
import { curl, curl7_74, curl7_88, curl8_14 } from './clients/curl.ts';
import { git } from './clients/git.ts';
import { go, goBefore1_24_1 } from './clients/go.ts';
import { java } from './clients/java.ts';
import { nodeHttp } from './clients/node-http.ts';
import { npm } from './clients/npm.ts';
import { proxyFromEnv, proxyFromEnv1 } from './clients/proxy-from-env.ts';
import { pythonRequests, pythonRequests2_33 } from './clients/python-requests.ts';
import { pythonUrllib } from './clients/python-urllib.ts';
import { ruby, rubyNetHttp } from './clients/ruby.ts';
import { nodeFetch, undici } from './clients/undici.ts';
import { wget } from './clients/wget.ts';
import type { ClientId, ClientModel } from './types.ts';

/** Every client's rules, by id. */
export const models: Readonly<Record<ClientId, ClientModel>> = {
  go,
  'go-1.24.0': goBefore1_24_1,
  curl,
  'curl-8.14': curl8_14,
  'curl-7.88': curl7_88,
  'curl-7.74': curl7_74,
  git,
  wget,
  'busybox-wget': busyboxWget,
  apt,
  apk,
  'python-urllib': pythonUrllib,
  'python-requests': pythonRequests,
  'python-requests-2.33': pythonRequests2_33,
  'proxy-from-env': proxyFromEnv,
  'proxy-from-env-1': proxyFromEnv1,
  axios,
  undici,
  'node-fetch': nodeFetch,
  'node-http': nodeHttp,
  npm,
  ruby,
  'ruby-net-http': rubyNetHttp,
  java,
};
