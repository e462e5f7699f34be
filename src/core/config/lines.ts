import type { LineReason } from './artifact.ts';

/** Writes a text line by line, remembering which setting each line comes from. */
export class LineWriter {
  readonly lines: LineReason[] = [];
  #text: string[] = [];

  /**
   * @param line without its line break; may hold several lines, all with the same reason
   * @param setting the field it comes from; left out for lines that are always there
   * @param why one Chinese sentence
   */
  add(line: string, setting?: string, why?: string): this {
    for (const part of line.split('\n')) {
      this.#text.push(part);
      if (setting !== undefined && why !== undefined) {
        this.lines.push({ line: this.#text.length, setting, why });
      }
    }
    return this;
  }

  get empty(): boolean {
    return this.#text.length === 0;
  }

  /** The whole text, with a line break at the end. */
  toString(): string {
    return `${this.#text.join('\n')}\n`;
  }
}
