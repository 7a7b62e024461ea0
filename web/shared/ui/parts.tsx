import type { ComponentChildren } from "preact";
import { announced } from "../announce";
import { isSingle, keys, singleKeys, written, type KeyName } from "../keys";
import type { Failure } from "../resource";
import type { LiveState } from "../stream";
import { clock } from "../text";
import { Icon, type IconName } from "./icon";

/** The key of a verb, drawn on its button. */
export function KeyCap({ of }: { of: KeyName }) {
  const first = keys[of].on[0];
  if (!singleKeys.value && isSingle(first)) return null;
  return <>{written(first).map((part) => <kbd key={part} aria-hidden="true">{part}</kbd>)}</>;
}

type Tone = "ok" | "warn" | "bad" | "accent" | "";

export function Chip({ tone = "", icon, children, title }: { tone?: Tone; icon?: IconName; children: ComponentChildren; title?: string }) {
  return (
    <span class={`chip ${tone}`} title={title}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

export function Note({ tone = "", icon, children }: { tone?: Tone; icon: IconName; children: ComponentChildren }) {
  return (
    <div class={`note ${tone}`}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

export function Empty({ icon, title, children, main = false }: { icon: IconName; title: string; children?: ComponentChildren; main?: boolean }) {
  const Heading = main ? "h1" : "h2";
  return (
    <div class="empty">
      <Icon name={icon} />
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

/** Stands where something will be, after 150 ms. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="sr">{label}</span>
      {Array.from({ length: lines }, (_, at) => <i key={at} />)}
    </div>
  );
}

/** What failed, and the way to try again; the rest of the page works on. */
export function Failed({ failure, what, retry, main = false }: { failure: Failure; what: string; retry: () => void; main?: boolean }) {
  const Heading = main ? "h1" : "h2";
  if (failure.gone)
    return (
      <Empty icon="unknown" title="Not found" main={main}>
        <p>{failure.message}</p>
      </Empty>
    );
  return (
    <div class="empty" role="alert">
      <Icon name="alert" />
      <Heading>{what} could not be loaded</Heading>
      <p>{failure.message}</p>
      <button type="button" class="button" onClick={retry}>
        <Icon name="refresh" /> Try again
      </button>
    </div>
  );
}

/** Whether what is seen is what is. */
export function LiveMark({ state, heardAt }: { state: LiveState; heardAt: number }) {
  if (state === "live" || state === "connecting")
    return (
      <span class="live">
        <i class={state === "live" ? "dot" : "dot off"} /> {state === "live" ? "live" : "connecting"}
      </span>
    );
  return (
    <span class="live off" title="Reconnecting. Nothing can be decided until then.">
      <i class="dot off" /> last update {clock(heardAt)}
    </span>
  );
}

/** The one place where a page speaks to a screen reader. */
export function Status() {
  return (
    <p class="sr" role="status">
      {announced.value}
    </p>
  );
}
