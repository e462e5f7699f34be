/**
 * The mirror test scripts are kept as real files, so that editors and shellcheck see them; core and
 * browsers import them as JSON. Run by `npm run catalogue`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../core/mirrors/script/', import.meta.url);
const templatesPath = new URL('templates.json', folder);

/** The text that src/core/mirrors/script/templates.json must have. */
export function deriveTemplates(): string {
  const templates = {
    bash: readFileSync(new URL('test-mirrors.sh', folder), 'utf8'),
    powershell: readFileSync(new URL('test-mirrors.ps1', folder), 'utf8'),
  };
  return `${JSON.stringify(templates, null, 2)}\n`;
}

/** Whether the committed templates.json holds the scripts as they are. */
export function areTemplatesCurrent(): boolean {
  return readFileSync(templatesPath, 'utf8') === deriveTemplates();
}

export function writeTemplates(): void {
  writeFileSync(templatesPath, deriveTemplates());
}
