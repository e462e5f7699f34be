import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/core/diagnose/index.ts';

const first = (log: string) => diagnose(log).findings[0]?.category ?? 'none';

describe('program text', () => {
  it.each([
    'return errors.New("dial tcp 10.0.0.7:443: connect: connection refused")',
    'err := fmt.Errorf("tls: failed to verify certificate: %w", cause)',
    'throw new Error("connect ECONNREFUSED 10.0.0.7:443");',
    'raise RuntimeError("certificate has expired")',
    'bail!("connection reset by peer")',
    "socket.write('HTTP/1.1 407 Proxy Authentication Required\\r\\n\\r\\n');",
    "    stderr = 'client_loop: send disconnect: Connection reset by peer'",
    'const NET_ERROR = "npm ERR! network request failed, reason: getaddrinfo ENOTFOUND registry.example.net"',
    '    return False, f"Hash Sum mismatch: computed {digest}"',
    "        return jsonify({'message': '由于目标计算机积极拒绝，无法连接', 'code': 10061})",
    '\t5:  {"curl: (5) Could not resolve proxy", "network"},',
    '    ("ssh: connect to host 10.0.0.9 port 22: Connection refused", Unreachable),',
    '  If {"远程主机强迫关闭了一个现有的连接", "由于目标计算机积极拒绝"}.Any(Function(s) l.Contains(s)) Then',
    '\t"curl: (7)",  // CURLE_COULDNT_CONNECT: connection refused',
    '    echo_error "cannot connect to proxy"',
    'echo "x509: certificate signed by unknown authority" >&2',
    'expect(message).toBe("no such host")',
    'c.Assert(err.Error(), Contains, "x509: certificate has expired")',
  ])('%s', (line) => {
    expect(first(line)).toBe('none');
    expect(first(`+ make test\n${line}\nok`)).toBe('none');
  });
});

describe('messages that look like it', () => {
  it.each([
    ['refused', 'error="dial tcp 10.0.0.7:443: connect: connection refused"'],
    [
      'refused',
      '"errors": ["dial tcp 10.0.0.7:443: connect: connection refused"], "status": "failed"',
    ],
    [
      'tls-unknown-ca',
      "SSLError(\"bad handshake: Error([('SSL routines', 'ssl3_get_server_certificate', 'certificate verify failed')],)\",)",
    ],
    [
      'interrupted',
      "urllib3.exceptions.ProtocolError: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
    ],
    [
      'dns',
      'reqwest::Error { kind: Request, source: Error(Connect, ConnectError("dns error", Custom { kind: Uncategorized, error: "failed to lookup address information: Name or service not known" })) }',
    ],
    ['tls-unknown-ca', 'Error: x509: certificate signed by unknown authority'],
    [
      'dns',
      'throw new Error("request failed")\n        ^\nError: getaddrinfo ENOTFOUND registry.example.net',
    ],
    ['timeout', 'return code 28, curl: (28) Operation timed out after 30001 milliseconds'],
    ['auth', 'docker: unauthorized: incorrect username or password.'],
  ])('are read: %s %s', (category, log) => {
    expect(first(log)).toBe(category);
  });
});
