import { createUniqueId, For, type JSX } from 'solid-js';

export interface Tab {
  id: string;
  label: string;
}

export interface TabsProps {
  /** What the tabs choose among, for screen readers. */
  label: string;
  tabs: readonly Tab[];
  selected: string;
  onSelect: (id: string) => void;
  /** The panel of the selected tab. */
  children: JSX.Element;
  class?: string;
}

/** Tabs as the ARIA authoring practices have them: arrows, Home and End move and select. */
export function Tabs(props: TabsProps) {
  const base = createUniqueId();
  const onKeyDown = (event: KeyboardEvent) => {
    const index = props.tabs.findIndex(({ id }) => id === props.selected);
    const count = props.tabs.length;
    const to =
      event.key === 'ArrowRight'
        ? (index + 1) % count
        : event.key === 'ArrowLeft'
          ? (index + count - 1) % count
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? count - 1
              : -1;
    const tab = props.tabs[to];
    if (!tab) return;
    event.preventDefault();
    props.onSelect(tab.id);
    document.getElementById(`${base}-${tab.id}`)?.focus();
  };
  return (
    <div class={`ui-tabs ${props.class ?? ''}`}>
      <div role="tablist" aria-label={props.label} class="ui-tablist">
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`${base}-${tab.id}`}
              aria-selected={tab.id === props.selected}
              aria-controls={`${base}-panel`}
              tabindex={tab.id === props.selected ? 0 : -1}
              onClick={() => props.onSelect(tab.id)}
              onKeyDown={onKeyDown}
            >
              {tab.label}
            </button>
          )}
        </For>
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${props.selected}`}>
        {props.children}
      </div>
    </div>
  );
}
