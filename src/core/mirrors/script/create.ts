import { planScript, type ScriptLanguage, type ScriptOptions, type ScriptPlan } from './plan.ts';
import templates from './templates.json' with { type: 'json' };

export interface Script extends ScriptPlan {
  /** The file's text; '' when there is nothing to test. */
  readonly text: string;
}

/** A script that measures mirrors from the machine it runs on, without changing it. */
export function createScript(language: ScriptLanguage, options: ScriptOptions): Script {
  const plan = planScript(language, options);
  if (plan.settings === '') return { ...plan, text: '' };
  const text = templates[language].replace(
    /(# >>> settings\n)[\s\S]*?(# <<< settings\n)/,
    (_, start: string, end: string) => `${start}${plan.settings}${end}`,
  );
  return { ...plan, text };
}
