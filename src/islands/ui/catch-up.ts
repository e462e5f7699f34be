import { hasState } from './hash-state.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether a control no longer says what the server wrote. */
function isTouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(first, 0);
  }
  if (control.type === 'radio')
    return (control as HTMLInputElement).checked && !hasDefault(control);
  if (control.type === 'checkbox')
    return (control as HTMLInputElement).checked !== hasDefault(control);
  return control.type !== 'file' && control.value !== control.defaultValue;
}

const hasDefault = (control: Control) => (control as HTMLInputElement).defaultChecked;

/**
 * Remembers what the reader typed, chose and opened in a tool before its script arrived. Call while the
 * tool is created; a link's own values win, so then there is nothing to remember.
 *
 * @param selector the tool's outermost element
 * @returns does it all again, for the tool to hear; call once it is alive
 */
export function catchUp(selector: string): () => void {
  const root = typeof document === 'undefined' ? null : document.querySelector(selector);
  if (!root || hasState()) return () => {};
  const find = () => [...root.querySelectorAll<Control>('input, textarea, select')];
  const state = (control: Control) => ({
    value: control.value,
    checked: (control as HTMLInputElement).checked,
  });
  const touched = (controls: readonly Control[]) =>
    controls.flatMap((control, at) => (isTouched(control) ? [[at, state(control)] as const] : []));
  const first = find();
  const early = touched(first);
  return () => {
    // Solid may have made a part anew, with the same controls in their first state.
    const controls = find();
    const kept = controls.map((control, at) => control === first[at]);
    // What came while the parts came alive counts, too.
    const late = touched(controls).filter(([at]) => kept[at]);
    const missed = new Map([...early, ...late]);
    for (const [at, { value, checked }] of missed) {
      const control = controls[at];
      if (control === undefined) continue;
      if (control.type === 'radio' || control.type === 'checkbox')
        (control as HTMLInputElement).checked = checked;
      else {
        control.value = value;
        control.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      control.dispatchEvent(new Event('change', { bubbles: true }));
    }
    for (const details of root.querySelectorAll('details')) {
      details.dispatchEvent(new Event('toggle'));
    }
  };
}
