import type { Mask } from './redact-kinds.ts';

/** Names whose value is a secret, at the end of a longer name or alone. */
const SECRET_NAMES =
  'password|passwd|passwort|passphrase|pwd|pass|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|secret[_-]?key|shared[_-]?access[_-]?key|private[_-]?key|client[_-]?secret|credentials?|signature|sig|_auth|authtoken|x-amz-(?:signature|credential|security-token)|identitytoken|registrytoken|refreshtoken';
/** Headers whose whole value is one. */
const SECRET_HEADERS =
  '(?:proxy-)?authorization|x-registry-(?:auth|config)|(?:private|job|deploy|x-(?:auth|vault|api|access))-(?:token|key)';

/** Words that go on a sentence after `token: ` and the like, and a status: no values. */
const PROSE =
  /^(?:true|false|null|none|nil|required|empty|expired|invalid|missing|error|denied|unauthorized|https?|from|request(?:ed)?|has|is|was|for|not|and|or|no|the|this|to|get|head|post|put|dial|unexpected|server|failed|failure|context|net|x509|tls|eof|read|write|lookup|cannot|could|unable|unknown|received|response|timeout|insufficient(?:_scope)?|status|using|with|too|rpc|connect|connection|remote|local|open|parse|authentication|authorization|authorized|i\/o|\d{1,3})$/i;

/** Masks passwords, tokens and keys; the user names that stand beside them, too. */
export function maskSecrets(text: string, mask: Mask): string {
  const secret = (head: string, value: string, tail = '') =>
    `${head}${mask('secret', value)}${tail}`;
  const login = (head: string, value: string) => {
    const colon = value.indexOf(':');
    return colon < 0
      ? `${head}${mask('user', value)}`
      : `${head}${mask('user', value.slice(0, colon))}:${mask('secret', value.slice(colon + 1))}`;
  };
  let out = text;

  // Keys span lines.
  out = out.replace(
    /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[\s\S]{0,20000}?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    (all, head: string) => secret(head, all),
  );
  // A proxy node's link is a secret as a whole.
  out = out.replace(
    /\b((?:vmess|vless|ssr?|trojan|hysteria2?|hy2|tuic):\/\/)([^\s"'<>]{4,4000})/gi,
    (_all, head: string, value: string) => secret(head, value),
  );
  // URL credentials, also with an @, # or a space in the password.
  out = out.replace(
    /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/"'<>@:]{0,200})(?::([^\s"'<>]{0,200}))?@(?!sha\d{3}:)(?=[\w[.-])/gi,
    (_all, scheme: string, user: string, password: string | undefined) =>
      `${scheme}${mask('user', user)}${password === undefined ? '' : `:${mask('secret', password)}`}@`,
  );
  out = out.replace(
    /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/"'<>@:]{1,200}):(?!\d{1,5}[\s/])([^"'<>\r\n/]{1,64})@(?!sha\d{3}:)(?=[\w[.-])/gi,
    (_all, scheme: string, user: string, password: string) =>
      `${scheme}${mask('user', user)}:${mask('secret', password)}@`,
  );
  // The same without a scheme, before host:port or an address; not an image with tag and digest.
  out = out.replace(
    /(^|[\s"'=(,])([\w.%\\-]{1,64}):([^\s:/@"'<>]{1,128})@(?!sha\d)(?=[\w.-]{1,253}:\d{2,5}\b|\d{1,3}(?:\.\d{1,3}){3}\b)/gm,
    (_all, head: string, user: string, password: string) =>
      `${head}${mask('user', user)}:${mask('secret', password)}@`,
  );

  out = out.replace(
    new RegExp(
      `\\b((?:${SECRET_HEADERS})\\\\?["']?\\s{0,3}[:=]\\s{0,3}\\[?\\\\?["']?)((?:basic|bearer|digest|negotiate|ntlm|token)\\s{1,3})?([\\w.~+/=-]{6,8000})`,
      'gi',
    ),
    (all, head: string, scheme: string | undefined, value: string) =>
      scheme === undefined && value.length < 20 && !/[\d+=]/.test(value)
        ? all
        : secret(`${head}${scheme ?? ''}`, value),
  );
  out = out.replace(
    /\b(bearer\s{1,3})([\w.~+/=-]{12,4000})/gi,
    (_all, head: string, value: string) => secret(head, value),
  );
  out = out.replace(
    /\b((?:set-)?cookie["']?\s{0,3}:\s{0,3}["']?)([^\s"'<>][^\r\n"'<>]{2,4000})/gi,
    (_all, head: string, value: string) => secret(head, value),
  );
  // Well-known forms of tokens.
  out = out.replace(
    /\b(?:gh[opsur]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|gl(?:pat|ptt|dt|rt|cbt|ft)-[\w-]{16,64}|dckr_(?:pat|oat)_[\w-]{16,128}|npm_[A-Za-z0-9]{30,64}|pypi-[\w-]{30,300}|hf_[A-Za-z0-9]{20,64}|xox[abpr]-[\w-]{10,200}|A(?:KI|SI)A[0-9A-Z]{16}|LTAI[A-Za-z0-9]{12,30}|AKID[A-Za-z0-9]{13,60}|AIza[\w-]{30,45}|ya29\.[\w-]{20,400}|eyJ[\w-]{8,4000}\.[\w-]{4,8000}(?:\.[\w-]{0,4000})?|sk-[A-Za-z0-9-]{20,200})/g,
    (value) => mask('secret', value),
  );
  // Addresses that work like a password: webhooks and signed downloads.
  out = out.replace(
    /\b(hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/webhooks\/)([\w/-]{8,200})/gi,
    (_all, head: string, value: string) => secret(head, value),
  );
  out = out.replace(/([?&]key=)([^\s&"'<>]{6,400})/gi, (_all, head: string, value: string) =>
    secret(head, value),
  );

  // name = value, in every spelling; within quotes a value may hold anything.
  out = out.replace(
    new RegExp(
      `(?<!/)\\b((?:[\\w.-]{0,40}[_.-])?(?:${SECRET_NAMES})\\\\?["']?\\s{0,3}(?:=>|[:=])\\s{0,3})(\\\\?["'])([^"'\\\\\\r\\n<>]{1,4000})(\\\\?["'])`,
      'gi',
    ),
    (all, head: string, open: string, value: string, close: string) =>
      PROSE.test(value.trim()) || value.trim() === ''
        ? all
        : secret(`${head}${open}`, value, close),
  );
  out = out.replace(
    new RegExp(
      `(?<!/)\\b((?:[\\w.-]{0,40}[_.-])?(?:${SECRET_NAMES})\\\\?["']?\\s{0,3}(?:=>|[:=])\\s{0,3}\\\\?["']?)(?!\\s)([^\\s"'\\\\&,;<>]{3,4000})`,
      'gi',
    ),
    (all, head: string, value: string) =>
      PROSE.test(value) || /^https?:\/\//.test(value) ? all : secret(head, value),
  );
  // Docker's and npm's logins: base64 of user:password.
  out = out.replace(
    /(\\{0,3}"auth\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}")([A-Za-z0-9+/=]{4,4000})/g,
    (_all, head: string, value: string) => secret(head, value),
  );
  // A Dockerfile's old spelling, and .netrc.
  out = out.replace(
    /\b((?:ENV|ARG)[ \t]{1,8}\w{0,60}(?:PASSWORD|PASSWD|PASS|TOKEN|SECRET|KEY)[ \t]{1,8})([^\s=<>"']{3,400})/g,
    (_all, head: string, value: string) => secret(head, value),
  );
  out = out.replace(
    /\b(login[ \t]{1,4})([^\s<>"']{1,64})([ \t]{1,4}password[ \t]{1,4})([^\s<>"']{1,200})/g,
    (_all, first: string, user: string, second: string, password: string) =>
      `${first}${mask('user', user)}${second}${mask('secret', password)}`,
  );
  out = out.replace(
    /((?:密码|口令|令牌|密钥)(?:是|为)?[ \t]{0,3}(?:[:：=][ \t]{0,3}|[ \t]{1,3}(?=[!-~]{4})))([^\s"'，。；,;<>]{3,200})/g,
    (_all, head: string, value: string) => secret(head, value),
  );

  // Command lines. -p is a port and -u a unit or a user id elsewhere.
  out = out.replace(
    /((?:^|\s)--(?:\w{1,30}-)?(?:password|passwd|token|secret)[= ]{1,2})("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s"'<>-][^\s"'<>]{0,200})/g,
    (_all, head: string, value: string) => secret(head, value),
  );
  out = out.replace(
    /((?:^|\s)--(?:\w{1,30}-)?(?:username|creds|proxy-user)[= ]{1,2})(?!<)("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s"'<>-][^\s"'<>]{0,200})/g,
    (_all, head: string, value: string) => login(head, value),
  );
  out = out.replace(/^.{0,2000}\b(?:login|curl|wget|mysql)\b.{1,4000}$/gm, (line) =>
    line
      .replace(
        /(\s(?:-[uU] ?|--user[= ]))(["']?)([^\s"'<>-][^\s"'<>]{0,200})/g,
        (_all, head: string, quote: string, value: string) => login(`${head}${quote}`, value),
      )
      .replace(
        /(\blogin\b.{0,2000}?\s-p[= ]?)(["']?)([^\s"'<>=-][^\s"'<>]{0,200})/g,
        (_all, head: string, quote: string, value: string) => secret(`${head}${quote}`, value),
      ),
  );
  out = out.replace(
    /\b(echo (?:-n )?)(["']?)([^\s"'|<>]{3,200})(?=["']?\s{0,3}\|[^|\n]{0,200}--password-stdin)/g,
    (_all, head: string, quote: string, value: string) => secret(`${head}${quote}`, value),
  );
  return out;
}
