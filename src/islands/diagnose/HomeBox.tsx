import '../ui/ui.css';
import './home-box.css';
import { createSignal, createUniqueId, onMount, Show } from 'solid-js';
import { HANDOVER_KEY, sitePath } from './paths.ts';

/** The home page's paste box: hands the text over to the diagnosis page through this tab's session storage. */
export default function HomeBox() {
  const [text, setText] = createSignal('');
  const [problem, setProblem] = createSignal('');
  const id = createUniqueId();
  let area: HTMLTextAreaElement | undefined;

  // What was typed before the script arrived.
  onMount(() => setText(area?.value ?? ''));

  const go = () => {
    const value = area?.value ?? text();
    if (value.trim() !== '') {
      try {
        sessionStorage.setItem(HANDOVER_KEY, value);
      } catch {
        setProblem(
          '内容太大，或浏览器不让本站暂存：请直接在报错诊断页粘贴，或把它存成文件再打开。',
        );
        return;
      }
    }
    location.assign(sitePath('/tools/diagnose/'));
  };

  return (
    <form
      class="hb"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label class="ui-label" for={id}>
        粘贴报错
      </label>
      <textarea
        ref={area}
        id={id}
        class="ui-input hb-text"
        rows="5"
        spellcheck={false}
        autocomplete="off"
        placeholder='Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled …'
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            go();
          }
        }}
      />
      <div class="hb-row">
        <button type="submit" class="ui-button ui-primary">
          {text().trim() === '' ? '打开报错诊断' : '诊断'}
        </button>
        <span class="hb-hint">一行也行，整份日志也行。Ctrl+Enter 也可以。</span>
      </div>
      <Show when={problem()}>
        <p class="ui-problem ui-error" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  );
}
