import { For, Show } from 'solid-js';
import type { Step } from '#core/diagnose/index.ts';
import { CodeView, CopyButton } from '../ui/index.ts';
import { sitePath } from './paths.ts';

/** Numbered steps, each with its link and with a command or setting to copy. */
export function Steps(props: {
  steps: readonly Step[];
  /** What a step's code is, for a screen reader: 「命令」. */
  what: string;
  /** Before the step's number in the code's name, where a page has several lists. */
  of?: string;
}) {
  return (
    <ol class="dg-steps">
      <For each={props.steps}>
        {(step, number) => (
          <li>
            <p>
              {step.text}
              <Show when={step.link}>
                {(link) => (
                  <>
                    {' '}
                    <a href={sitePath(link().href)}>{link().text}</a>
                  </>
                )}
              </Show>
            </p>
            <Show when={step.code}>
              {(code) => (
                <div class="dg-code">
                  <CodeView
                    code={code()}
                    language={step.language ?? 'text'}
                    label={`${props.of ?? ''}第 ${number() + 1} 步的${props.what}`}
                  />
                  <CopyButton text={code} title={`复制这段${props.what}`} />
                </div>
              )}
            </Show>
          </li>
        )}
      </For>
    </ol>
  );
}
