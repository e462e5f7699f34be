/** Words of the field that readers mistype. Shorter ones are too close to others. */
const TERMS = [
  'docker',
  'dockerd',
  'daemon',
  'registry',
  'registries',
  'mirror',
  'mirrors',
  'proxy',
  'proxies',
  'container',
  'containers',
  'containerd',
  'certificate',
  'timeout',
  'insecure',
  'kubernetes',
  'podman',
  'buildkit',
  'desktop',
  'connection',
  'refused',
  'permission',
  'unauthorized',
  'manifest',
  'systemd',
  'systemctl',
];

/**
 * Mends one slip in a word of the field: a letter too many, one missing, one wrong, or two swapped.
 *
 * @param word a Latin word of a query
 * @returns the term it is one slip away from; else the word as it is, also when it begins a term
 */
export function mendWord(word: string): string {
  const typed = word.toLowerCase();
  if (typed.length < 5 || TERMS.some((term) => term.startsWith(typed))) return word;
  return TERMS.find((term) => oneSlip(typed, term)) ?? word;
}

function oneSlip(typed: string, term: string): boolean {
  if (Math.abs(typed.length - term.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === term[start]) start += 1;
  const [left, right] = [typed.slice(start), term.slice(start)];
  return (
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
