/** Takes out of an output what differs from run to run, so that recording again changes nothing. */

type Replacement = readonly [RegExp, string | ((...found: string[]) => string)];

/** Moments within two days of now are the run's own; certificates' fixed dates are not. */
const near = (time: number): boolean => Math.abs(time - Date.now()) < 2 * 86_400_000;
const DAY = '2026-01-15';

/** Keeps the form of a date while fixing its value. */
const isoDate = (text: string, separator = '', _time = '', rest = ''): string =>
  near(Date.parse(`${text.slice(0, 10)}T12:00:00Z`))
    ? `${DAY}${separator}${separator ? '08:00:00' : ''}${rest.replace(/^[.,]\d+/, (part) => part.replaceAll(/\d/g, '0'))}`
    : text;

const replacements: readonly Replacement[] = [
  // ISO dates in any of their forms: 2026-01-15T08:00:00.123456789Z, 2026-01-15 08:00:00, 2026-01-15T08_00_00_000Z.
  [/\b\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d_\d{3}Z/g, `${DAY}T08_00_00_000Z`],
  [/\b\d{4}-\d\d-\d\d(?:([T ])(\d\d:\d\d:\d\d)((?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?))?/g, isoDate],
  [
    /\b\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g,
    (text) =>
      near(Date.parse(`${text.replaceAll('/', '-').replace(' ', 'T')}Z`))
        ? '2026/01/15 08:00:00'
        : text,
  ],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|\+0000)/g,
    (text) => (near(Date.parse(text)) ? 'Thu, 15 Jan 2026 08:00:00 UTC' : text),
  ],
  // Klog and logrus.
  [/\b(INFO|WARN|ERRO|FATA)\[\d{4}\]/g, '$1[0000]'],
  // Ports that the kernel picks.
  [/((?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\]):(?:3[2-9]|[45]\d|6[0-5])\d{3}\b/g, '$1:40000'],
  // How long it took.
  [/\bafter \d+ ms\b/g, 'after 5 ms'],
  [
    /\b(Operation timed out after|Connection timed out after|SSL connection timeout after|Connection timeout after) \d+/g,
    '$1 3000',
  ],
  [/^(#\d+) \d+\.\d+ /gm, '$1 0.500 '],
  [/\bdone(?: in)? \d+\.\d+s\b/gi, (text) => text.replace(/\d+\.\d+/, '0.1')],
  [/^(#\d+ DONE) .*$/gm, '$1 0.1s'],
  [/^(\s*=> .*?)\d+\.\d+s$/gm, '$10.1s'],
  [/\[\+\] (Building|Pulling) \d+\.\d+s/g, '[+] $1 0.1s'],
  [/\b\d+(?:\.\d+)? ?([kMG]?B\/s)\b/gi, '1.0 $1'],
  [/\b(packages?|files?) in \d+(?:\.\d+)?(m?s)\b/g, '$1 in 1$2'],
  [/\bin \d+\.\d+ ?s\b/g, 'in 0.1s'],
  [/ in \d+s \(/g, ' in 0s ('],
  [/ \d+\.\d+s done$/gm, ' done'],
  // The failing step's own lines, repeated at the end of a build.
  [/^\d+\.\d{3} /gm, '0.500 '],
  [/^(#\d+) CACHED$/gm, '$1 DONE 0.1s'],
  [/=(\d+(?:\.\d+)?)s(?=\))/g, '=0s'],
  [/\belapsed: \d+\.\d+ ?s/g, 'elapsed: 0.1 s'],
  [/Total time: {2}[\d.:]+ (?:s|min)/g, 'Total time:  0.1 s'],
  // Names made up by programs.
  [/\b0x[0-9a-f]{8,16}\b/g, '0x7f0000000000'],
  [/^[0-9A-F]{12,16}:error:/gm, '40070000000000:error:'],
  [/(\/tmp\/[A-Za-z]+)\d{6,}/g, '$1000000'],
  [/(\/tmp\/pip-[a-z-]+-)\w{8}\b/g, '$1xxxxxxxx'],
  [/\bendpoint \w+ \([0-9a-f]{64}\)/g, `endpoint happy_lab (${'0'.repeat(64)})`],
  [
    /(Running in|Removing intermediate container|Removed intermediate container) [0-9a-f]{12}/g,
    '$1 0123456789ab',
  ],
  [/^( ---> )[0-9a-f]{12}$/gm, '$10123456789ab'],
  [/\b(pid|PID)[ =]\d+/g, '$1=100'],
  [/\b(traceID|spanID|trace_id|span_id|span|trace)=[0-9a-f]{8,32}/g, '$1=0'],
  [/buildkit[a-z-]*\d{6,}/g, 'buildkit000000'],
  // Keys and fingerprints that Node.js prints with a certificate.
  [/\b(?:[0-9A-F]{2}:){19,}[0-9A-F]{2}\b/g, '00:00:00'],
  [/<Buffer(?: [0-9a-f]{2})+/g, '<Buffer 00'],
  [/(serialNumber: ')[0-9A-F]+/g, '$100'],
  // What openssl s_client tells of a session.
  [
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    '-----BEGIN CERTIFICATE-----\n(left out)\n-----END CERTIFICATE-----',
  ],
  [/^ {4}[0-9a-f]{4} - (?:[0-9a-f]{2}[ -]){16}.*\n/gm, ''],
  [/((?:Session-ID|Master-Key|Resumption PSK|Session-ID-ctx): )[0-9A-F]+/g, '$100'],
  [/Start Time: \d+/g, 'Start Time: 1768464000'],
  [/(SSL handshake has read )\d+( bytes and written )\d+/g, '$1600$2300'],
];

/** @returns the text with line ends as `\n` and one at its end */
export function normalise(output: string): string {
  const unified = output.replaceAll('\r\n', '\n');
  const text = replacements.reduce(
    // The replacement's type is one of the two that `replaceAll` takes.
    (before, [pattern, by]) => before.replaceAll(pattern, by as string),
    unified,
  );
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
