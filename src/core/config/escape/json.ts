/** A value of a JSON file. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON file: two spaces, one value a line, a line break at the end. */
export function jsonFile(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * The 1-based line of every key and array element of a well-formed JSON text.
 *
 * @param text strict JSON; on anything else the map holds what was read up to the error
 * @returns lines by path, e.g. `builder.gc.enabled` and `registry-mirrors.0`
 */
export function jsonLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const token = /\n|"(?:[^"\\\n]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  // A frame's key is the path of the value being read; arrays count their elements.
  const stack: { path: string; index: number | undefined; key: string | undefined }[] = [];
  let line = 1;
  let pending: { text: string; line: number } | undefined;
  const join = (path: string, key: string | number) => (path === '' ? `${key}` : `${path}.${key}`);
  const place = (at: number): string => {
    const frame = stack.at(-1);
    if (frame === undefined) return '';
    if (frame.index === undefined) return join(frame.path, frame.key ?? '');
    const path = join(frame.path, frame.index);
    if (!lines.has(path)) lines.set(path, at);
    return path;
  };
  for (const [part] of text.matchAll(token)) {
    const frame = stack.at(-1);
    if (part === '\n') line++;
    else if (part === '{') stack.push({ path: place(line), index: undefined, key: undefined });
    else if (part === '[') stack.push({ path: place(line), index: 0, key: undefined });
    else if (part === '}' || part === ']') {
      stack.pop();
      pending = undefined;
    } else if (part === ',') {
      if (frame?.index !== undefined) frame.index++;
      else if (frame) frame.key = undefined;
      pending = undefined;
    } else if (part === ':') {
      if (frame && pending) {
        frame.key = pending.text;
        lines.set(join(frame.path, pending.text), pending.line);
      }
    } else if (part.startsWith('"') && frame?.index === undefined && frame?.key === undefined) {
      pending = { text: unquote(part), line };
    } else place(line);
  }
  return lines;
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}
