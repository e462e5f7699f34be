import { createSignal, For, Show } from 'solid-js';
import { GOALS } from '#core/config/goals.ts';
import type { Goal, Target } from '#core/config/index.ts';
import type { Form } from './form.ts';
import { commonTargets, goalLabels, otherTargets, targetLabels } from './labels.ts';

/** The two questions that decide almost everything. */
export function Questions(props: { form: Form }) {
  const [more, setMore] = createSignal(false);
  const target = (): Target => props.form.settings().target ?? 'linux';
  const showOthers = () => more() || otherTargets.includes(target());
  const choose = (next: Target) =>
    props.form.update({ target: next === 'linux' ? undefined : next });

  return (
    <div class="cf-questions">
      <fieldset>
        <legend>
          <span class="cf-step">1</span> Docker 跑在哪里？
        </legend>
        <div class="cf-choices">
          <For each={showOthers() ? [...commonTargets, ...otherTargets] : commonTargets}>
            {(id) => (
              <label class="cf-choice">
                <input
                  type="radio"
                  name="cf-target"
                  value={id}
                  checked={target() === id}
                  onChange={() => choose(id)}
                />
                <span class="cf-choice-name">{targetLabels[id].name}</span>
                <span class="cf-choice-hint">{targetLabels[id].hint}</span>
              </label>
            )}
          </For>
          <Show when={!showOthers()}>
            <button type="button" class="cf-more" onClick={() => setMore(true)}>
              其他：rootless、k3s、Podman……
            </button>
          </Show>
        </div>
      </fieldset>
      <fieldset>
        <legend>
          <span class="cf-step">2</span> 遇到什么问题？
        </legend>
        <div class="cf-choices">
          <For each={GOALS}>
            {(id: Goal) => (
              <label class="cf-choice">
                <input
                  type="radio"
                  name="cf-goal"
                  value={id}
                  checked={props.form.goal() === id}
                  onChange={() => props.form.chooseGoal(id)}
                />
                <span class="cf-choice-name">{goalLabels[id].name}</span>
                <span class="cf-choice-hint">{goalLabels[id].hint}</span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
    </div>
  );
}
