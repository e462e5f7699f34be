/** Remembers the last few results: the same list serves several clients and many targets. */
export function memoize<T>(make: (text: string) => T, limit = 4): (text: string) => T {
  const seen = new Map<string, T>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (seen.size >= limit) seen.clear();
    seen.set(text, made);
    return made;
  };
}
