import { For, Show } from 'solid-js';
import type { Problem } from '#core/config/index.ts';
import { announce } from '../ui/index.ts';
import type { Form } from './form.ts';
import { createStableList } from './stable-list.ts';

const names = { error: '错误', warning: '注意', note: '说明' } as const;

/** The problems of one field, each with its fix where there is one. */
export function Problems(props: { form: Form; problems: readonly Problem[]; id?: string }) {
  const problems = createStableList(() => props.problems);
  return (
    <Show when={problems().length > 0}>
      <ul class="cf-problems" id={props.id}>
        <For each={problems()}>
          {(problem) => (
            <li class={`ui-problem ui-${problem.severity}`} data-code={problem.code}>
              <span class="sr-only">{names[problem.severity]}：</span>
              <Show when={problem.line}>
                {(line) => (
                  <strong>
                    第 {line()} 行{problem.column ? `第 ${problem.column} 列` : ''}：
                  </strong>
                )}
              </Show>
              {problem.message}
              <Show when={problem.fix !== undefined && problem.code !== 'tidied'}>
                {' '}
                <button
                  type="button"
                  class="cf-fix"
                  onClick={() => {
                    props.form.fix(problem);
                    announce('已改正');
                  }}
                >
                  改成 {problem.fix}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** A count of what is wrong in a folded part of the form. */
export function ProblemBadge(props: { problems: readonly Problem[] }) {
  const count = (severity: Problem['severity']) =>
    props.problems.filter((problem) => problem.severity === severity).length;
  return (
    <>
      <Show when={count('error') > 0}>
        <span class="cf-badge ui-error">{count('error')} 个错误</span>
      </Show>
      <Show when={count('warning') > 0}>
        <span class="cf-badge ui-warning">{count('warning')} 处注意</span>
      </Show>
    </>
  );
}
