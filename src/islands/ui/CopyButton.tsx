import { createSignal, onCleanup } from 'solid-js';
import { announce } from './announce.ts';

export interface CopyButtonProps {
  /** Read at the click, so a long text is not held twice. */
  text: () => string;
  /** What is on the button; 复制 by default. */
  label?: string;
  /** The accessible name where the label alone does not tell what is copied. */
  title?: string;
  class?: string;
  disabled?: boolean;
}

/** Copies text, says so on the button and to screen readers, and says so too when the browser refuses. */
export function CopyButton(props: CopyButtonProps) {
  const [state, setState] = createSignal<'idle' | 'done' | 'failed'>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const copy = async () => {
    const copied = await writeClipboard(props.text());
    setState(copied ? 'done' : 'failed');
    announce(copied ? '已复制' : '复制失败，请手动选中后复制');
    clearTimeout(timer);
    timer = setTimeout(() => setState('idle'), 2000);
  };

  return (
    <button
      type="button"
      class={`ui-button ${props.class ?? ''}`}
      classList={{ 'ui-done': state() === 'done', 'ui-failed': state() === 'failed' }}
      disabled={props.disabled}
      aria-label={props.title}
      onClick={copy}
    >
      {state() === 'done' ? '已复制' : state() === 'failed' ? '复制失败' : (props.label ?? '复制')}
    </button>
  );
}

/** Writes to the clipboard; falls back to a selection where the clipboard API is missing (plain http). */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.readOnly = true;
    area.className = 'sr-only';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
