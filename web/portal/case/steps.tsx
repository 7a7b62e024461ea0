import type { Step } from "../../shared/api";
import { Icon } from "../../shared/ui/icon";

const words = { done: "done", current: "now", ahead: "still ahead" } as const;

/** Where the matter is, in a few plain steps. `asked`: it goes on when the customer has answered. */
export function Steps({ of: steps, asked }: { of: readonly Step[]; asked: boolean }) {
  if (steps.length === 0) return null;
  return (
    <ol class="steps" aria-label="Steps">
      {steps.map((step) => (
        <li key={step.label} class={step.state} aria-current={step.state === "current" ? "step" : undefined}>
          <span class="step-mark">{step.state === "done" && <Icon name="check" />}</span>
          <span>
            {step.label}
            <span class="sr"> ({words[step.state]})</span>
            {asked && step.state === "current" && <span class="step-asked small">waits for your answer</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
