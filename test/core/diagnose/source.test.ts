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

describe('program text of several lines', () => {
  it.each([
    [
      'a table of patterns',
      '_TLS_PATTERNS = (\n    "PKIX path building failed",\n    "javax.net.ssl.SSLHandshakeException",\n    "Could not resolve artifact",\n)',
    ],
    [
      'a shell case',
      '    case "$tail" in\n        *"No space left on device"*)\n            because="the disk is full" ;;\n        *"Could not resolve host"*|*"Temporary failure in name resolution"*)\n            because="no network" ;;\n    esac',
    ],
    [
      'a loop over messages',
      '\tfor _, out := range []string{\n\t\t"dial tcp: lookup proxy.golang.org: no such host",\n\t\t"pip: Temporary failure in name resolution",\n\t} {\n\t\tif networkRequired(out) == "" {\n\t\t\tt.Errorf("missed %q", out)\n\t\t}\n\t}',
    ],
    [
      'a field of a fixture',
      "    let step = makeStep();\n    step = appendStepEvent(step, {\n      kind: 'error',\n      message: 'Error: getaddrinfo ENOTFOUND registry.npmjs.org',\n    });\n    run = addStepToRun(run, step);",
    ],
    [
      'an error that is raised',
      'if attempts <= 7:\n    raise GitStoreError(\n        "git fetch failed: gnutls_handshake() failed: "\n        "Error decoding the received TLS packet.",\n    )\nreturn await real_command(command)',
    ],
    [
      'a remark',
      "} catch (ClientHandlerException exception) {\n    // There are messages like 'Connection reset', 'No route to host' and\n    // 'Temporary failure in name resolution' here.\n    return false;\n}",
    ],
  ])('%s', (_, text) => {
    expect(first(text)).toBe('none');
  });

  it('hides no message that the program printed before or after', () => {
    const code = 'const known = [\n  "no such host",\n  "connection refused",\n];\nrun(known);\n';
    const log =
      'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout';
    expect(first(`${code}\n${log}`)).toBe('timeout');
    expect(first(`${log}\n${code}`)).toBe('timeout');
  });
});

describe('texts of several lines that look like it', () => {
  it.each([
    [
      'timeout',
      'Traceback (most recent call last):\n  File "/usr/lib/python3/requests/adapters.py", line 532, in send\n    raise ReadTimeout(e, request=request)\nrequests.exceptions.ReadTimeout: HTTPSConnectionPool(host=\'pypi.org\', port=443): Read timed out. (read timeout=15)',
    ],
    [
      'dns',
      "FetchError: request to https://registry.example.net/left-pad failed, reason: getaddrinfo ENOTFOUND registry.example.net\n    at ClientRequest.<anonymous> (/app/index.js:1:1) {\n  type: 'system',\n  errno: 'ENOTFOUND',\n  message: 'getaddrinfo ENOTFOUND registry.example.net'\n}",
    ],
    [
      'refused',
      '{\n  "status": "failed",\n  "error": "dial tcp 10.0.0.7:443: connect: connection refused"\n}',
    ],
    [
      'proxy-auth',
      'server {\n  listen 80;\n  proxy_pass http://app;\n}\n$ curl https://example.net\ncurl: (56) Received HTTP code 407 from proxy after CONNECT',
    ],
    [
      'tls-unknown-ca',
      '  4 | >>> RUN pip install flask && python -c "import flask"\nERROR: failed to solve: "x509: certificate signed by unknown authority"',
    ],
  ])('are read: %s', (category, log) => {
    expect(first(log)).toBe(category);
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
