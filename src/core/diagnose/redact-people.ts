import type { Mask } from './redact-kinds.ts';

/** Names of home folders and logins that are nobody's. */
const NOBODY =
  /^(?:Public|Shared|Default|All Users|runner|node|app|www-data|ubuntu|vscode|root|admin|none|null|nil|true|false|not|is|not_set|undefined|unknown|nobody|anonymous|name|docker|containerd)$/i;

/** Masks user names, e-mail addresses and the machines that a prompt or a journal names. */
export function maskPeople(text: string, mask: Mask): string {
  const user = (head: string, value: string, all: string) =>
    NOBODY.test(value) ? all : `${head}${mask('user', value)}`;
  let out = text;

  // The comment of an SSH key.
  out = out.replace(
    /\b((?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\w{1,20}) [A-Za-z0-9+/=]{16,2000} )([^\s<>]{1,100})/g,
    (_all, head: string, value: string) => `${head}${mask('user', value)}`,
  );
  out = out.replace(
    /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,12}\b(?!:)/gi,
    (value) => mask('email', value),
  );

  // Home folders. A Windows name may hold spaces: then the path goes on after it.
  out = out.replace(
    /([A-Za-z]:\\{1,4}Users\\{1,4})([^\s/\\"'<>:*?|][^/\\"'<>:*?|\r\n]{0,63})(?=\\)/g,
    (all, head: string, value: string) => user(head, value, all),
  );
  out = out.replace(
    /((?:\/home\/|\/Users\/|[A-Za-z]:[\\/]{1,4}Users[\\/]{1,4}|\\{1,4}home\\{1,4}))([^\s/\\"'<>:;,$#)\]]{1,64})/g,
    (all, head: string, value: string) => user(head, value, all),
  );
  out = out.replace(
    /(^|[\s"'=(:])~([a-z_][\w.-]{1,31})(?=\/)/gim,
    (all, head: string, value: string) => user(`${head}~`, value, all),
  );
  // Fields and variables.
  out = out.replace(
    /(\\?["']user(?:name)?\\?["']\s{0,3}:\s{0,3}\\?["'])([^"'\\<>\r\n]{2,64})/gi,
    (all, head: string, value: string) => user(head, value, all),
  );
  out = out.replace(
    /(\b(?:\w{1,20}_)?(?:user|username|logname)=["']?)([A-Za-z_][\w.@\\-]{1,63})/gi,
    (all, head: string, value: string) => user(head, value, all),
  );
  out = out.replace(
    /(^[ \t]{0,8}username(?: \([^)\n]{0,80}\))?:[ \t]{1,4})([\w.@\\-]{2,64})[ \t]*$/gim,
    (all, head: string, value: string) => user(head, value, all),
  );
  out = out.replace(
    /((?:用户名|账号|帐号|用户)[:：=][ \t]{0,3})([^\s"'，。；,;<>]{2,64})/g,
    (all, head: string, value: string) => user(head, value, all),
  );

  // Prompts.
  out = out.replace(
    /(^|[\n[(])([a-z_][\w.-]{0,31})@([\w.-]{1,64})(?=[: ][~/\w]|:~|\s?[#$%\]])/gim,
    (_all, head: string, name: string, host: string) =>
      `${head}${/^root$/.test(name) ? name : mask('user', name)}@${machine(host, mask)}`,
  );
  // Names that Windows and macOS give a machine, the latter after its owner.
  out = out.replace(
    /\b(?:(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{6,12}|[\w-]{1,40}(?:MacBook|iMac|Mac-mini)[\w-]{0,30})\b/g,
    (value) => mask('host', value),
  );
  // Machine names of a journal, and of the environment.
  out = out.replace(
    /^((?:(?:[A-Z][a-z]{2}|\d{1,2}月) {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,:+Z-]{0,16}) )([\w.-]{1,64})(?= [\w./-]{1,40}(?:\[\d+\])?: )/gm,
    (_all, head: string, host: string) => `${head}${machine(host, mask)}`,
  );
  out = out.replace(
    /\b((?:HOSTNAME|COMPUTERNAME|USERDOMAIN)=["']?)([\w.-]{2,64})/g,
    (_all, head: string, host: string) => `${head}${machine(host, mask)}`,
  );
  return out;
}

function machine(host: string, mask: Mask): string {
  return /^localhost(?:\.localdomain)?$/i.test(host) ? host : mask('host', host);
}
