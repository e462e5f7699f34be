import type { Rule } from '../types.ts';
import { HOST, rx } from './fragments.ts';

/** Certificates and handshakes. Sources: Go `crypto/x509`, `crypto/tls`; OpenSSL, GnuTLS, Schannel, Secure Transport, JSSE, Node, rustls. */
export const tlsRules: readonly Rule[] = [
  {
    id: 'tls-unknown-ca',
    category: 'tls-unknown-ca',
    name: '证书颁发者不受信任',
    why: '{host} 的证书由本机不认识的 CA 签发：公司网络在解密 HTTPS，或者私有仓库用了自签证书。',
    tool: 'registry',
    patterns: [
      [
        'signed by unknown authority',
        /(?:tls: failed to verify certificate: )?x509: certificate signed by unknown authority(?: \(possibly because of "[^"\n]{0,120}" while trying to verify candidate authority certificate "(?<issuer>[^"\n]{0,120})"\))?/i,
      ],
      ['unknown authority', /certificate signed by unknown authority/i],
      // Cut off inside the word, or retold without the reason, which is mostly this one.
      [
        'tls: failed to verify certi',
        /tls: failed to verify certi(?:[a-z]{0,5}(?:\.{3}|…)?$|ficate(?:["'`]|\.{3}|…)(?=$|[\s.,;:)]))/i,
      ],
      [
        ['certificate is not trusted', 'not standards compliant'],
        /x509: [^\n]{0,100}certificate is not (?:trusted|standards compliant)/i,
      ],
      ['not standards compliant', /certificate is not standards compliant/i],
      [
        ['signature algorithm', 'cannot verify signature'],
        /x509: cannot verify signature: (?:insecure )?algorithm[^"\n]{0,60}|x509: certificate signature algorithm[^"\n]{0,60}/i,
      ],
      [
        [
          'x509: a root',
          'not authorized to sign',
          'x509: issuer',
          'x509: too many',
          'incompatible key usage',
          'x509: invalid signature',
          'system root',
          'x509: failed to load',
          'x509: no valid',
          'x509: osstatus',
        ],
        /x509: (?:a root or intermediate certificate is not authorized (?!to sign for)[^"\n]{0,60}|certificate is not authorized to sign other certificates|issuer name does not match[^"\n]{0,40}|issuer has name constraints but[^"\n]{0,80}|no valid chains built|OSStatus -?\d{1,8}|too many intermediates for path length constraint|certificate specifies an incompatible key usage|invalid signature: parent certificate cannot sign[^"\n]{0,60}|system root pool[^"\n]{0,60}|failed to load system roots[^"\n]{0,60})/i,
      ],
    ],
  },
  {
    id: 'tls-unknown-ca-tool',
    category: 'tls-unknown-ca',
    name: '命令不信任对方的证书',
    why: '命令所在的系统里没有签发 {host} 证书的 CA：容器和构建步骤不会自动带上宿主机的 CA。',
    implies: ['pip-no-version', 'tls-handshake-tool'],
    patterns: [
      [
        ['unable to get local issuer', 'unable to get issuer cert'],
        /(?:ssl certificate problem: |certificate verify failed: )?unable to get (?:local )?issuer certificate/i,
      ],
      ['local issuer certificate', /unable to get local issuer certificate/i],
      ['verify that the ca cert is ok', /verify that the CA cert is OK/i],
      [
        ['self signed certificate', 'self-signed certificate'],
        /(?:ssl certificate problem: |certificate verify failed: )?self[- ]signed certificate(?: in certificate chain)?/i,
      ],
      [
        'self-signed certificate',
        /(?:ssl certificate problem: |certificate verify failed: )?self-signed certificate(?: in certificate chain)?/i,
      ],
      ['self_signed_cert', /\b(?:depth_zero_)?self_signed_cert(?:_in_chain)?\b/i],
      ['unable_to_', /unable_to_(?:verify_leaf_signature|get_issuer_cert(?:_locally)?)\b/i],
      ['unable to verify the first certificate', /unable to verify the first certificate/i],
      [
        'certificate_verify_failed',
        /certificate_verify_failed\b(?!\] certificate verify failed: (?:hostname|ip address|certificate (?:has expired|is not yet valid)))[^\n]{0,160}?(?=\)|'|$|\n)/i,
      ],
      [
        'certificate verify failed',
        /certificate verify failed(?!: (?:hostname|ip address|certificate (?:has expired|is not yet valid)))(?=[^\n]{0,200})/i,
      ],
      [
        'certificate verification failed',
        /certificate verification failed(?!: (?:the certificate is (?:not trusted\. the )?(?:certificate chain uses )?expired))[^\n]{0,30}(?:the certificate is not trusted[^\n]{0,200}?issuer is unknown)?/i,
      ],
      [
        'the certificate issuer is unknown',
        /(?:the certificate is not trusted\. )?the certificate issuer is unknown\b/i,
      ],
      [
        'server certificate verification failed',
        /server certificate verification failed\. cafile: [^\n]{0,120}|server certificate verification failed/i,
      ],
      [
        ['problem with the ssl ca cert', 'error setting certificate'],
        /(?:curl: \(77\) )?(?:problem with the ssl ca cert|error setting certificate (?:verify locations|file))[^\n]{0,80}/i,
      ],
      ['sec_e_untrusted_root', /sec_e_untrusted_root[^\n]{0,120}/i],
      ['0x80090325', /0x80090325[^\n]{0,120}/i],
      ['证书链是由不受信任', /证书链是由不受信任的颁发机构颁发的/],
      ['无法获取本地', /无法获取本地(?:颁发者|颁发机构|发行者)(?:的)?证书/],
      [
        ['cert_trust_is_untrusted_root', 'cert_trust_is_partial_chain'],
        /cert_trust_is_(?:untrusted_root|partial_chain)/i,
      ],
      ['not trusted by the trust provider', /not trusted by the trust provider/i],
      [
        'could not establish trust relationship',
        /could not establish trust relationship for the ssl\/tls secure channel/i,
      ],
      ['未能为 ssl/tls 安全通道建立信任关系', /未能为 SSL\/TLS 安全通道建立信任关系/i],
      [
        'remote certificate is invalid',
        /\bremote certificate is invalid (?:because of errors in the certificate chain: (?!NotTimeValid)[^\n]{0,60}|according to the validation procedure)/i,
      ],
      [['partialchain', 'untrustedroot'], /certificate chain: (?:PartialChain|UntrustedRoot)/i],
      ['untrustedroot', /\bUntrustedRoot\b/i],
      ['pkix path building failed', /PKIX path building failed[^\n]{0,200}/i],
      [
        'unable to find valid certification path',
        /unable to find valid certification path to requested target/i,
      ],
      [
        'pkix path validation failed',
        /PKIX path validation failed(?!.{0,120}(?:expired|timestamp check failed|notbefore|notafter|validity))[^\n]{0,120}/i,
      ],
      ['trustanchors', /trustAnchors parameter must be non-empty/i],
      ['issued by', rx`cannot verify ${HOST}'s certificate, issued by '?[^\n]{0,160}`],
      [
        ['issuer of its certificate', 'issuer certificate is not'],
        /issuer of its certificate (?:is|was|could) (?:not|unable)[^\n]{0,80}|issuer certificate is not[^\n]{0,80}/i,
      ],
      ['unable to locally verify the issuer', /unable to locally verify the issuer's authority/i],
      ['self-signed certificate encountered', /self-signed certificate encountered/i],
      [
        'the certificate of',
        /the certificate of '?(?<host>[\w.-]{1,253})'? (?:is not trusted|doesn't have a known issuer|hasn't got a known issuer)/i,
      ],
      ['known issuer', /(?:doesn't have|hasn't got) a known issuer/i],
      ['unknownissuer', /\bUnknownIssuer\b/],
      [
        ['unknown issuer', 'issuer is not recognized'],
        /(?:peer|the) certificate[^\n]{0,40}(?:unknown issuer|issuer is not recognized)|certificate[_ ]unknown issuer/i,
      ],
      ['the ssl certificate is invalid', /the ssl certificate is invalid/i],
      [
        'invalid peer certificate',
        /invalid peer certificate: (?:UnknownIssuer|Other|BadSignature|CaUsedAsEndEntity)[^\n]{0,80}/i,
      ],
      ['server certificate not trusted', /tls: server certificate not trusted/i],
      [
        [
          'certificate cannot be authenticated',
          'certificate issuer has been',
          'certificate issuer is not',
        ],
        /peer'?s? certificate (?:cannot be authenticated with given ca certificates|issuer (?:has been marked as not trusted|is not recognized))[^\n]{0,60}/i,
      ],
      [
        "peer's certificate issuer",
        /peer's certificate issuer (?:has been marked as not trusted by the user|is not recognized)/i,
      ],
      [
        'curl: (60)',
        /(?<!\bno ["'`])curl: \(60\) (?![^\n]{0,160}(?:no alternative|certificate subject name|common name|expired|expiration|not yet valid|not activated|not_time_valid|too weak|failed to match|wrong_principal))[^\n]{0,160}/i,
      ],
      ['verify error:num=', /verify error:num=(?:18|19|20|21|24|2):[^\n]{0,80}/i],
      ['verify return code: ', /verify return code: (?:18|19|20|21|24|2) \([^)\n]{0,80}\)/i],
      [
        'verification error: ',
        /verification error: (?:self[- ]signed|unable to (?:get|verify))[^\n]{0,60}/i,
      ],
      [
        'problem confirming the ssl certificate',
        /there was a problem confirming the ssl certificate: (?=[^\n]{0,400}certificate_verify_failed\] certificate verify failed: (?:self|unable))/i,
      ],
      [
        ['err_cert_authority_invalid', 'certificate authority is invalid'],
        /err_cert_authority_invalid|certificate authority is invalid/i,
      ],
      [
        ['certificate unknown', 'certificate_unknown'],
        /(?:fatal alert|alert)[: ]{1,2}(?:received fatal alert: )?certificate[_ ]unknown/i,
      ],
      [
        'unknown certificate authority',
        /(?<!handshake error from [^\s]{1,80}: )remote error: tls: unknown certificate authority\b/i,
      ],
      [
        'unknown certificate',
        /(?<!handshake error from [^\s]{1,80}: )remote error: tls: unknown certificate(?: authority)?/i,
      ],
      [['unknown_ca', 'unknown ca'], /(?:tlsv1 alert |alert )unknown[_ ]ca\b/i],
      [['unknown ca', 'unknown_ca'], /(?:tlsv1 alert |alert )unknown[_ ]ca\b/i],
      [
        'sslcertverificationerror',
        /SSLCertVerificationError(?!.{0,120}(?:hostname mismatch|ip address mismatch|doesn't match|has expired|not yet valid))/i,
      ],
      [
        'could not verify the ssl cert',
        rx`could not verify the ssl certificate for (?<url>https?://[^\s"']{1,300})`,
      ],
      ['condasslerror', /CondaSSLError(?!.{0,60}(?:openssl appears to be))[^\n]{0,100}/i],
      ['no system certificates available', /no system certificates available/i],
      ['errsslxcertchain', /errSSLXCertChainInvalid/i],
      [
        'ssh remote key was not ok',
        /ssl peer certificate or ssh remote key was not ok(?![^\n]{0,240}(?:too weak|certificate subject name|common name))/i,
      ],
      ['issuer check against peer', /issuer check against peer certificate failed/i],
      [
        'failed to validate the ssl certificate',
        rx`failed to validate the ssl certificate for ${HOST}`,
      ],
      ['远程证书无效', /远程证书无效/],
      ['无法验证 ', rx`无法验证 ${HOST} 的由[^\n]{1,160}颁发的证书`],
      ['无法本地校验颁发者', /无法本地校验颁发者的权限/],
    ],
    unless:
      /has expired|not yet valid|hostname mismatch|ip address mismatch|doesn't match|no alternative certificate subject name|key too weak|md too weak|SEC_E_CERT_EXPIRED|SEC_E_WRONG_PRINCIPAL|(?:generat|creat|install)\w{1,4} [^\n]{0,40}self[- ]signed/i,
  },
  {
    id: 'tls-client-rejects',
    category: 'tls-unknown-ca',
    name: '客户端不接受这张证书',
    why: '这是服务器一侧的日志：客户端看了证书后中止握手，多半不信任签发它的 CA。真正的原因写在客户端的报错里。',
    role: 'vague',
    tool: 'registry',
    patterns: [
      [
        'handshake error from',
        /TLS handshake error from [^\s]{1,80}: remote error: tls: (?:bad|unknown) certificate[^\n]{0,40}/i,
      ],
    ],
  },
  {
    id: 'tls-name',
    category: 'tls-name',
    name: '证书名称不匹配',
    why: '{host} 出示的证书是发给别的名称的{names}：地址写错、用 IP 访问，或者连到了别的服务器。',
    tool: 'registry',
    patterns: [
      [
        'certificate is valid for',
        rx`(?:x509: )?certificate is valid for (?<names>[^"\n]{1,400}?), not "?(?<host>[\w.:-]{1,253})`,
      ],
      // With an ellipsis for the names, or quoted without its end.
      [
        'certificate is valid for',
        /x509: certificate is valid for (?![^"\n]{0,400}, not )[^"`'\n]{0,120}/i,
      ],
      [
        'not valid for any names',
        rx`(?:x509: )?certificate is not valid for any names, but wanted to match "?(?<host>[\w.-]{1,253})`,
      ],
      [
        'any ip sans',
        rx`(?:x509: )?cannot validate certificate for (?<host>[\w.:-]{1,253}) because it doesn'?t contain any IP SANs`,
      ],
      ['any ip sans', /(?:\bbecause it )?doesn'?t contain any IP SANs/i],
      [
        'legacy common name',
        /(?:x509: )?certificate relies on legacy Common Name field[^"\n]{0,120}/i,
      ],
      [
        ['is not authorized to sign for this name', 'not authorized to sign for'],
        /x509: [^"\n]{0,60}is not authorized to sign for (?:this name|"[^"\n]{0,100}")/i,
      ],
      [
        ['not permitted by any constraint', 'excluded by constraint'],
        /x509: [^"\n]{0,200}(?:not permitted by any constraint|excluded by constraint)/i,
      ],
    ],
  },
  {
    id: 'tls-name-tool',
    category: 'tls-name',
    name: '命令发现证书名称不匹配',
    why: '{host} 出示的证书不是发给这个名称的：连到了别的服务器、代理或认证页，或者用 IP 访问。',
    implies: ['tls-unknown-ca-tool', 'pip-no-version'],
    patterns: [
      [
        'no alternative certificate subject name',
        rx`(?:ssl: )?no alternative certificate subject name matches target (?:host ?name|ipv[46] address|ip address) '?(?<host>[\w.:-]{1,253})?`,
      ],
      [
        'does not match target host',
        rx`certificate subject name '?[^'\n]{0,200}'? does not match target host(?: ?name) '?(?<host>[\w.-]{1,253})?`,
      ],
      // Its second half in a line of its own.
      [
        'certificate subject name ',
        /ssl certificate problem: certificate subject name '[^'\n]{1,200}'\s*$/im,
      ],
      [
        'hostname mismatch',
        rx`hostname mismatch, certificate is not valid for '(?<host>[\w.:-]{1,253})'`,
      ],
      [
        'ip address mismatch',
        rx`ip address mismatch, certificate is not valid for '(?<host>[\w.:-]{1,253})'`,
      ],
      [
        "doesn't match",
        rx`hostname '?(?<host>[\w.:-]{1,253})'? doesn't match (?:either of )?[^\n]{0,200}`,
      ],
      [
        ['does not match certificate', "doesn't match certificate"],
        rx`(?:hostname/ip|hostname|host) (?:does not|doesn't) match certificate's altnames(?:: (?:host|ip): (?<host>[\w.:-]{1,253}?)\.? is not)?`,
      ],
      ['err_tls_cert_altname', /err_tls_cert_altname_invalid/i],
      [
        'the name in the certificate does not match',
        /the name in the certificate does not match the expected/i,
      ],
      [
        ['owner does not match', "owner doesn't match"],
        /certificate owner (?:does not|doesn't) match hostname|the certificate's owner does not match hostname/i,
      ],
      [
        'no certificate subject alternative name matches',
        rx`no certificate subject alternative name matches\s+requested host name '?(?<host>[\w.-]{1,253})?`,
      ],
      [
        'certificate common name',
        rx`certificate common name '?[^'\n]{1,200}'? doesn't match requested host name '?(?<host>[\w.-]{1,253})?`,
      ],
      [
        'subject alternative',
        rx`no subject alternative (?:dns name|names?)(?: matching (?:ip address |dns name )?(?<host>[\w.:-]{1,253}))?(?: found| present)?`,
      ],
      [
        'did not match expected cn',
        rx`peer certificate CN='?[^'\n]{1,200}' did not match expected CN='(?<host>[\w.-]{1,253})'`,
      ],
      ['remotecertificatenamemismatch', /RemoteCertificateNameMismatch/i],
      [
        ['certificatenamemismatch', 'certificate name mismatch'],
        /CertificateNameMismatch|certificate name mismatch/i,
      ],
      ['sec_e_wrong_principal', /sec_e_wrong_principal[^\n]{0,120}/i],
      ['target principal name', /target principal name is incorrect/i],
      ['目标主要名称不正确', /目标主要名称不正确/],
      ['notvalidforname', /invalid peer certificate: NotValidForName|NotValidForName/i],
      ['server hostname mismatch', /tls: server hostname mismatch/i],
      ['unable to obtain common name', /unable to obtain common name from peer certificate/i],
      ['err_cert_common_name_invalid', /err_cert_common_name_invalid/i],
      ['certificate name does not match', /certificate name does not match/i],
      [
        ['hostname verification', 'hostname in certificate'],
        /hostname (?:verification failed|in certificate didn't match)/i,
      ],
      ['not verified', rx`Hostname (?<host>[\w.-]{1,253}) not verified`],
      ["in certificate didn't match", rx`hostname in certificate didn't match`],
      [['verify error:num=62', 'verify error:num=64'], /verify error:num=6[24]:[^\n]{0,60}/i],
      ['verify return code: 6', /verify return code: 6[24] \([^)\n]{0,60}\)/i],
      [
        'of the subject alternative names',
        rx`certificate for <(?<host>[\w.:-]{1,253})> doesn't match any of the subject alternative names[^\n]{0,120}`,
      ],
      [
        'not match the server certificate',
        rx`hostname "?(?<host>[\w.-]{1,253})"? does not match the server certificate`,
      ],
      ['(hostname mismatch)', /certificate verify failed \(hostname mismatch\)/i],
      ['not valid for name', rx`certificate not valid for name "?(?<host>[\w.-]{1,253})`],
      [
        'requested domain name does not match',
        /requested domain name does not match the server's/i,
      ],
      ['failed to match connection hostname', rx`failed to match connection hostname \(${HOST}\)`],
      ['no name matching ', rx`no name matching ${HOST} found`],
    ],
  },
  {
    id: 'tls-expired',
    category: 'tls-time',
    name: '证书过期或本机时钟不准',
    why: '{host} 的证书不在有效期内{skew}：证书真的过期，或者本机时钟不准。',
    tool: 'registry',
    implies: ['tls-unknown-ca-tool', 'pip-no-version'],
    patterns: [
      [
        'has expired or is not yet',
        rx`(?:x509: )?certificate has expired or is not yet(?: valid)?(?:: (?:current time )?(?<now>\d{4}-\d\d-\d\dT[\d:]{8}(?:Z|[+-]\d\d:\d\d)) is (?<side>after|before) (?<limit>\d{4}-\d\d-\d\dT[\d:]{8}(?:Z|[+-]\d\d:\d\d)))?`,
      ],
      [
        'certificate has expired',
        // Certificates of other kinds expire, too.
        /(?<!\b(?:health|birth|gift|course|insurance|training|completion|compliance|vaccination|medical|digital|redeem the) )(?:ssl certificate problem: |certificate verify failed: )?certificate has expired\b(?! or is not)/i,
      ],
      [
        'certificate is not yet valid',
        /(?:ssl certificate problem: |certificate verify failed: )?certificate is not yet valid/i,
      ],
      [['cert_has_expired', 'cert_not_yet_valid'], /\bcert_(?:has_expired|not_yet_valid)\b/i],
      ['expired certificate', /(?:the certificate chain uses |uses )?(?:an )?expired certificate/i],
      [
        'not yet valid certificate',
        /(?:the certificate chain uses |uses )?(?:a )?not yet valid certificate/i,
      ],
      [
        ['certificate is expired', 'certificate expired on'],
        /certificate is expired|certificate expired on\b/i,
      ],
      [
        ['certificate expired', 'expired certificate'],
        /(?:alert |tls: )?(?:expired certificate|certificate expired)\b/i,
      ],
      [
        ['certificateexpired', 'certificatenotyetvalid'],
        /CertificateExpiredException|CertificateNotYetValidException/i,
      ],
      ['certificatenotyet', /CertificateNotYetValidException/i],
      [
        'invalid peer certificate',
        /invalid peer certificate: (?:certificate )?(?:expired|not ?valid ?yet)[^\n]{0,80}/i,
      ],
      ['sec_e_cert_expired', /sec_e_cert_expired[^\n]{0,120}/i],
      ['timestamp check failed', /timestamp check failed/i],
      ['nottimevalid', /\bNotTimeValid\b/i],
      [
        ['issued certificate has expired', 'issued certificate not yet'],
        /issued certificate has expired|issued certificate not yet valid/i,
      ],
      ['certificate is not yet activated', /certificate is not yet activated/i],
      [['not yet activated', 'not yet been activated'], /(?:is|has) not yet (?:been )?activated/i],
      [['证书已过期', '证书过期', '证书已经过期'], /证书(?:已经?|已)?过期/],
      ['收到的证书已过期', /收到的证书已过期/],
      [['verify error:num=10', 'verify error:num=9:'], /verify error:num=(?:9|10):[^\n]{0,60}/i],
      [
        ['verify return code: 10', 'verify return code: 9 '],
        /verify return code: (?:9|10) \([^)\n]{0,60}\)/i,
      ],
      ['err_cert_date_invalid', /err_cert_date_invalid/i],
      ['certificate of ', rx`the certificate of '?(?<host>[\w.-]{1,253})'? has expired`],
      ['validity check failed', /CertPathValidatorException: validity check failed/i],
      ['certificate expiration date has passed', /certificate expiration date has passed/i],
      ['certificate not activated yet', /certificate not activated yet/i],
      ['not_time_valid', /cert_trust_is_not_time_valid/i],
    ],
  },
  {
    id: 'tls-time-apt',
    category: 'tls-time',
    name: '系统时钟不准，软件源还没生效',
    why: 'apt 认为 {host} 的 Release 文件还没生效或已过期：本机（虚拟机、WSL2）的时钟不对。',
    tool: 'apt',
    implies: ['apt-no-release', 'apt-unable-locate', 'apt-status'],
    patterns: [
      [
        'is not valid yet',
        rx`release file for (?<url>https?://[^\s"']{1,300}) is not valid yet(?: \(invalid for another (?<another>[^)\n]{1,60})\))?`,
      ],
      [
        'is expired (invalid since',
        rx`release file for (?<url>https?://[^\s"']{1,300}) is expired \(invalid since (?<since>[^)\n]{1,60})\)`,
      ],
      ['not valid yet', /(?:in)?release file[^\n]{0,300}is not valid yet/i],
      ['尚未生效', /(?:Release|InRelease)[^\n]{0,200}尚未生效|文件尚未生效/],
      ['invalid since', /release file[^\n]{0,300}expired \(invalid since/i],
    ],
  },
  {
    id: 'tls-handshake',
    category: 'tls-handshake',
    name: 'TLS 握手失败',
    why: '{host} 中止了 TLS 握手：协议版本或加密套件不合，或者它要求客户端证书。',
    tool: 'registry',
    patterns: [
      [
        'remote error: tls',
        /(?<!handshake error from [^\s]{1,80}: )remote error: tls: bad certificate\b|remote error: tls: (?!bad certificate|unknown certificate|expired certificate)[^"\n]{1,80}/i,
      ],
      [
        'remote error: ',
        /remote error: (?:handshake failure|protocol version not supported|internal error|unrecognized name|access denied|bad certificate|certificate required)[^"\n]{0,40}/i,
      ],
      [
        [
          'tls: handshake',
          'tls: protocol',
          'tls: server',
          'tls: peer doesn',
          'tls: no ',
          'tls: unsupported',
          'tls: inappropriate',
          'tls: internal',
          'tls: unexpected',
          'bad record mac',
          'tls: local',
          'tls: invalid',
          'tls: failed to',
          'tls: certificate req',
          'tls: unrecognized',
          'tls: bad cert',
          'tls: alert(',
          'tls: received',
          'tls: client',
        ],
        /(?<!handshake error from [^\s]{1,80}: remote error: )\btls: (?:handshake failure|protocol version not supported|server selected unsupported[^"\n]{0,60}|no (?:supported versions|cipher suite)[^"\n]{0,60}|unsupported (?:protocol|ssl)[^"\n]{0,40}|inappropriate fallback|internal error|unexpected message|bad record mac|local error[^"\n]{0,40}|invalid signature by the server[^"\n]{0,80}|server(?:'s)? [^"\n]{0,80}(?:unsupported|invalid|bad|incorrect)[^"\n]{0,60}|server (?:chose|selected|sent|resumed|negotiated) [^"\n]{3,80}|peer doesn't support[^"\n]{0,80}|failed to (?:parse|sign|create)[^"\n]{0,80}|handshake message of length[^"\n]{0,60}|certificate required|unrecognized name|bad certificate|alert\(\d+\)|received unexpected[^"\n]{0,80}|client didn't provide a certificate|server did not (?:select|echo|send)[^"\n]{0,40})/i,
      ],
      ['tls: first record does not', /tls: first record does not look like a tls handshake/i],
      ['does not look like a tls', /does not look like a tls handshake/i],
      [
        'required ssl certificate was sent',
        /400 No required SSL certificate was sent|no required ssl certificate was sent/i,
      ],
      [
        [
          'missing client certificate',
          'client certificate required',
          'client certificate is req',
          'requires a client certificate',
        ],
        /(?:missing client certificate|client certificate (?:is )?required|requires a client certificate)[^\n]{0,80}/i,
      ],
      ['tls: client did', /\btls: client (?:didn't|did not) (?:provide|send) (?:a )?certificate/i],
    ],
  },
  {
    id: 'tls-handshake-tool',
    category: 'tls-handshake',
    name: '命令的 TLS 握手失败',
    why: '与 {host} 的 TLS 握手失败：对方只支持旧版本或旧加密套件，证书密钥太弱，或者它发来了 alert。',
    implies: ['pip-no-version'],
    patterns: [
      [
        'gnutls, handshake failed',
        /gnutls, handshake failed: (?!an unexpected tls packet)[^\n]{0,80}/i,
      ],
      [
        ['key too weak', 'md too weak', 'key_too_weak', 'md_too_weak'],
        /(?:ee|ca) certificate key too weak|(?:ee|ca) (?:certificate )?(?:md|key) too weak/i,
      ],
      [['md too weak', 'algorithm too weak'], /ca (?:signature digest algorithm|md) too weak/i],
      ['dh key too small', /dh key too small/i],
      [
        ['handshake failure', 'handshake_failure'],
        /(?:sslv3|tlsv1|tlsv13|tls|ssl)[ _](?:alert )?handshake[ _]failure|alert handshake failure|sslv3_alert_handshake_failure/i,
      ],
      ['handshake_failure', /(?:received fatal alert: |alert[_ ])handshake_failure/i],
      [
        ['protocol version', 'protocol_version'],
        /(?:tlsv1|tls|ssl)[a-z0-9_ ]{0,20}alert[ _]protocol[ _]version|tlsv1_alert_protocol_version/i,
      ],
      ['protocol_version', /(?:received fatal alert: |alert_)protocol_version/i],
      [
        ['unsupported protocol', 'unsupported_protocol'],
        /(?:ssl routines[^\n]{0,80}|\[ssl: )unsupported[ _]protocol/i,
      ],
      ['unsupported_protocol', /unsupported_protocol\b/i],
      [
        ['internal error', 'internal_error'],
        /(?:tlsv1|tls|ssl)[a-z0-9 _]{0,20}alert[ _]internal[ _]error/i,
      ],
      [
        ['alert internal', 'alert_internal'],
        /(?:tlsv1|tls)[a-z0-9 ]{0,20}alert internal[ _]error|tlsv1_alert_internal_error/i,
      ],
      [
        ['unrecognized name', 'unrecognized_name'],
        /(?:tlsv1|alert|tls)[^\n]{0,20}unrecognized[ _]name/i,
      ],
      ['unrecognized_name', /unrecognized_name/i],
      [
        ['certificate required', 'certificate_required'],
        /(?:tlsv13|tls|alert)[^\n]{0,20}(?:alert )?certificate[ _]required/i,
      ],
      // The server wants a client certificate, or another one than it got.
      ['alert bad certificate', /(?:sslv3|tlsv1|tlsv13|ssl|tls) alert bad certificate/i],
      ['alert_bad_certificate', /(?:sslv3|tlsv1|tlsv13)_alert_bad_certificate/i],
      ['certificate_required', /certificate_required/i],
      [['protocols available', 'protocols_available'], /no[ _]protocols[ _]available/i],
      ['no_protocols', /no_protocols_available/i],
      [
        ['legacy renegotiation', 'legacy_renegotiation'],
        /unsafe[ _]legacy[ _]renegotiation[ _]disabled/i,
      ],
      ['unsafe_legacy', /unsafe_legacy_renegotiation_disabled/i],
      [
        [
          'shared cipher',
          'shared_cipher',
          'ciphers available',
          'ciphers_available',
          'cipher match',
          'cipher_match',
        ],
        /no[ _](?:shared[ _]cipher|ciphers[ _]available|cipher[ _]match)/i,
      ],
      [
        'sslhandshakeexception',
        /SSLHandshakeException(?!.{0,160}(?:PKIX|certification path|expired|trustanchor|no subject alternative|connection reset|terminated the handshake|closed connection|no name matching))[^\n]{0,160}/i,
      ],
      ['ssl handshake', /SSL handshake (?:exception|failed|has failed|failure)\b(?!.{0,60}read)/i],
      [
        'gnutls_handshake',
        /gnutls_handshake\(\) failed(?!: (?:the tls connection was non-properly|error in the pull|an unexpected tls))[^\n]{0,80}/i,
      ],
      ['unknown ssl protocol error', /unknown ssl protocol error in connection to[^\n]{0,80}/i],
      // NSS, which curl and git of CentOS 7 use.
      [
        [
          'incompatible or unsupported protocol',
          'unsupported version of security protocol',
          'communicate securely with peer: no common',
          'an acceptable set of security parameters',
          'peer cannot verify your certificate',
        ],
        /peer reports incompatible or unsupported protocol version|peer using unsupported version of security protocol|cannot communicate securely with peer: no common encryption algorithm|ssl peer was unable to negotiate an acceptable set of security parameters|ssl peer cannot verify your certificate/i,
      ],
      [
        'gnutls: ',
        /GnuTLS: (?!error in the pull|the tls connection was non-properly)(?:a tls fatal alert has been received|handshake failed|a tls packet with unexpected)[^\n]{0,60}/i,
      ],
      [
        'could not handshake',
        /could not handshake: (?!error in the certificate verification|the tls connection was non-properly|error in the pull|an unexpected tls)[^\n]{0,80}/i,
      ],
      [
        'fatal alert',
        /(?:a tls fatal alert has been received|received fatal alert: (?!certificate_unknown|unknown_ca|certificate_expired|bad_certificate)[a-z_]{3,30})/i,
      ],
      [
        'curl: (35)',
        /curl: \(35\)(?!.{0,160}(?:ssl_error_syscall|connection reset|was reset|unexpected eof|wrong version number|timed out|recv failure|send failure|0x8009032[258]|revocation|unknown ca|schannel: failed to receive handshake|non-properly|pull function|end of file|packet length|record that exceeded|unexpected tls packet|x509|expired))[^\n]{0,160}/i,
      ],
      [
        [
          'sec_e_illegal',
          'sec_e_unsupported',
          'sec_e_algorithm',
          'sec_e_internal',
          'sec_e_decrypt',
          'sec_e_invalid',
          'sec_e_message',
        ],
        /sec_e_(?:illegal_message|unsupported_function|algorithm_mismatch|internal_error|decrypt_failure|invalid_token|message_altered)[^\n]{0,120}/i,
      ],
      [
        ['revocation', '0x80092012', '0x80092013'],
        /(?:0x80092012|0x80092013|crypt_e_(?:no_revocation_check|revocation_offline))[^\n]{0,160}|unable to check revocation|CERT_TRUST_REVOCATION_STATUS_UNKNOWN/i,
      ],
      [
        'next initializesecuritycontext',
        /schannel: next initializesecuritycontext failed(?!.{0,120}(?:0x80090325|0x80090322|0x80090328))[^\n]{0,160}/i,
      ],
      [
        ['revocationstatusunknown', 'offlinerevocation'],
        /RevocationStatusUnknown|OfflineRevocation/i,
      ],
      [
        'the client and server cannot communicate',
        /the client and server cannot communicate, because they do not possess a common algorithm/i,
      ],
      ['could not create ssl/tls secure channel', /could not create ssl\/tls secure channel/i],
      ['未能创建 ssl/tls 安全通道', /未能创建 SSL\/TLS 安全通道/i],
      [
        'javax.net.ssl.sslexception',
        /javax\.net\.ssl\.SSLException(?!.{0,160}(?:connection reset|trustanchors|hostname|unrecognized ssl|plaintext|closed connection|terminated the handshake))[^\n]{0,100}/i,
      ],
      ['sslexception', /SSLException: received fatal alert[^\n]{0,60}/i],
      [
        ['ssl module is not available', 'ssl module in python'],
        /(?:the )?ssl module (?:in python )?is not available/i,
      ],
      [
        'write eproto',
        /write eproto(?![^\n]{0,240}wrong version number)[^\n]{0,200}(?:alert|ssl routines)[^\n]{0,100}/i,
      ],
      [
        ['code eproto', 'write eproto', 'errno eproto', 'eproto: '],
        /(?:(?:code|write|errno) eproto\b|\beproto: )(?!.{0,200}wrong version number)[^\n]{0,160}/i,
      ],
      ['tls: unspecified error', /tls: unspecified error/i],
      ['alert number', /ssl alert number (?:40|70|80|86|112|116|120|42|47|50|51|71)\b/i],
      [
        'err_ssl_',
        /err_ssl_(?:protocol_error|version_or_cipher_mismatch|sslv3_alert_handshake_failure|tlsv1_alert_[a-z_]{3,30})/i,
      ],
      ['handshake failed', /(?:TLS|SSL) handshake failed(?!.{0,60}(?:timed out|EOF|x509|reset))/i],
      [
        ['status verification failed', 'no ocsp response received'],
        /ssl server certificate status verification failed|no ocsp response received/i,
      ],
      [
        'do not conform to algorithm constraints',
        /certificates do not conform to algorithm constraints/i,
      ],
      ['peer is incompatible: ', /peer is incompatible: [A-Z]\w{3,60}/],
      ['tls error from peer', /tls error from peer \(alert code \d{1,3}\)[^\n]{0,60}/i],
    ],
    unless:
      /certificate verify failed|CERTIFICATE_VERIFY_FAILED|PKIX|x509:|SSL_ERROR_SYSCALL|self[- ]signed/i,
  },
  {
    id: 'tls-cut',
    category: 'tls-handshake',
    name: '握手时连接被切断',
    why: '与 {host} 的 TLS 握手还没做完，连接就被切断：防火墙按域名拦截，或者代理节点断线。',
    becomes: ['mirror-dead'],
    patterns: [
      ['ssl_error_syscall', /SSL_connect: SSL_ERROR_SYSCALL[^\n]{0,80}/i],
      ['ssl_connect syscall', /SSL_connect SYSCALL returned=5[^\n]{0,80}/i],
      // Rust's TLS libraries.
      ['tls handshake eof', /\btls handshake eof\b/i],
      // What follows `GnuTLS recv error` came after the handshake.
      ['pull function', /(?<!recv error \(-\d{1,4}\): )error in the pull function/i],
      [
        'non-properly terminated',
        /(?<!recv error \(-\d{1,4}\): )the tls connection was non-properly terminated/i,
      ],
    ],
  },
  {
    id: 'tls-openssl',
    category: 'tls-handshake',
    name: 'OpenSSL 报错',
    why: '与 {host} 的 TLS 连接在 OpenSSL 里出错，错误代码不常见。',
    role: 'vague',
    patterns: [
      [
        ['ssl routines:', 'rsa routines:'],
        /error:[0-9a-f]{6,8}:(?:SSL|rsa) routines:[^\n]{2,100}/i,
      ],
      ['ssl connect error', /\[?\(?35\)?\]?:? ssl connect error[^\n]{0,160}/i],
      ['alert bad record mac', /\balert bad record mac\b/i],
    ],
  },
  {
    id: 'tls-dotnet',
    category: 'tls-handshake',
    name: '.NET 的 TLS 连接没有建立',
    why: '与 {host} 的 TLS 连接没有建立；真正的原因写在内层异常里，这段日志没有带上它。',
    role: 'vague',
    tool: 'dotnet',
    patterns: [
      [
        'the ssl connection could not be',
        /the SSL connection could not be established(?:, see inner exception)?/i,
      ],
      ['无法建立 ssl 连接', /无法建立 SSL 连接,请(?:参阅|查看|参见)内部异常/i],
    ],
  },
  {
    id: 'tls-file',
    category: 'tls-handshake',
    name: '证书文件读不了',
    why: '客户端或守护进程读不了证书文件：格式不是 PEM、扩展名不对，或者少了密钥。',
    tool: 'registry',
    patterns: [
      ['missing key ', /missing key \S{1,200} for client certificate[^\n]{0,160}/i],
      ['missing client certificate ', /missing client certificate \S{1,200} for key/i],
      ['failed to load x509 key pair', /failed to load x509 key pair[^\n]{0,160}/i],
      ['unable to load ca cert', /unable to load ca cert[^\n]{0,200}/i],
      ['failed to read ca file', /failed to read ca file: [^\n]{0,200}/i],
      ['no start line', /pem routines[^\n]{0,60}no start line/i],
      [
        [
          'could not load x509',
          'could not read x509',
          'could not load ca cert',
          'could not read ca cert',
          'could not load cert',
          'could not read cert',
        ],
        /could not (?:load|read) (?:x509 key pair|ca certificate|certificate)[^\n]{0,160}/i,
      ],
      ['curl: (58)', /curl: \(58\)[^\n]{0,120}/i],
      [
        'with the local ssl certificate',
        /(?<!curl: \(58\) )problem with the local ssl certificate[^\n]{0,200}/i,
      ],
    ],
  },
  {
    id: 'http-on-https',
    category: 'http-on-https',
    name: '仓库只提供 HTTP',
    why: '客户端按 HTTPS 连接 {host}，对方却用明文 HTTP 回答：这是没有 TLS 的私有仓库，或者端口写错了。',
    tool: 'registry',
    patterns: [
      ['http response to https', /(?:http: )?server gave HTTP response to HTTPS client/i],
      ['http response to https', /(?:http: )?server gave HTTP response to HTTPS\s/i],
      ['oversized record', /tls: oversized record received with length \d+/i],
      [
        ['wrong version number', 'wrong_version_number'],
        /wrong version number|wrong_version_number/i,
      ],
      ['wrong_version_number', /wrong_version_number/i],
      ['unsupported or unrecognized ssl message', /unsupported or unrecognized ssl message/i],
      ['plaintext connection', /unrecognized ssl message, plaintext connection/i],
      [['record overflow', 'record_overflow'], /ssl[^\n]{0,60}record[_ ]overflow/i],
      ['packet length too long', /ssl routines[^\n]{0,60}packet length too long/i],
      [
        'unknown protocol',
        /ssl23_get_server_hello:unknown protocol|ssl routines[^\n]{0,60}:unknown protocol/i,
      ],
      ['http request', /ssl routines[^\n]{0,60}:http request\b/i],
      [
        ['record_layer_failure', 'record layer failure'],
        /\[ssl: record_layer_failure\]|\[ssl\] record layer failure/i,
      ],
      ['unexpected tls packet', /an unexpected tls packet was received/i],
      // NSS, which curl and git of CentOS 7 use.
      [
        'record that exceeded the maximum',
        /ssl received a record that exceeded the maximum permissible length/i,
      ],
      [
        ['received corrupt message', 'invalidcontenttype'],
        /received corrupt message of type InvalidContentType|InvalidContentType/i,
      ],
      [
        'cannot determine the frame size',
        /cannot determine the frame size or a corrupted frame was received/i,
      ],
    ],
  },
  {
    id: 'https-on-http',
    category: 'http-on-https',
    name: '把 HTTPS 端口当 HTTP 用了',
    why: '客户端用明文 HTTP 去连 {host} 的 HTTPS 端口。',
    tool: 'registry',
    patterns: [
      ['plain http request was sent', /the plain http request was sent to https port/i],
      ['sent an http request to an https', /client sent an http request to an https server/i],
      ['malformed http response', /malformed http response "?\\?x15/i],
    ],
  },
];
