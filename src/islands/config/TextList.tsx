import { createUniqueId, Index } from 'solid-js';
import type { Form } from './form.ts';
import { Problems } from './Problems.tsx';

export interface TextListProps {
  form: Form;
  /** The field in `Settings`, for problems. */
  field: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What one entry is, in Chinese: a host name, a DNS server. */
  item: string;
  placeholder: string;
}

/** A list of short texts, one input each, with room for the next. */
export function TextList(props: TextListProps) {
  const base = createUniqueId();
  const set = (index: number, value: string) => {
    const next = [...props.values];
    next[index] = value;
    props.onChange(next);
  };
  return (
    <div class="cf-list">
      <Index each={[...props.values, '']}>
        {(value, index) => {
          const problems = () => props.form.problems(`${props.field}.${index}`);
          return (
            <div class="cf-list-row">
              <input
                class="ui-input"
                id={`${base}-${index}`}
                value={value()}
                placeholder={props.placeholder}
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                aria-label={`${props.item} ${index + 1}`}
                aria-describedby={problems().length > 0 ? `${base}-${index}-problems` : undefined}
                aria-invalid={problems().some(({ severity }) => severity === 'error') || undefined}
                onInput={(event) => set(index, event.currentTarget.value)}
              />
              <button
                type="button"
                class="ui-button cf-icon"
                disabled={index >= props.values.length}
                aria-label={`删除${props.item} ${index + 1}`}
                onClick={() => props.onChange(props.values.filter((_, at) => at !== index))}
              >
                ✕
              </button>
              <Problems form={props.form} problems={problems()} id={`${base}-${index}-problems`} />
            </div>
          );
        }}
      </Index>
    </div>
  );
}
