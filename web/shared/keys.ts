import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { store, stored } from "./storage";

export type KeyGroup = "Move" | "Decide" | "Go" | "Help";

interface Key {
  /** As the browser names them, letters small; two in a row are written "g q"; `Mod` is Ctrl, or Cmd on a Mac. */
  on: readonly string[];
  label: string;
  group: KeyGroup;
  /** Moving may repeat while a key is held; an act never does. */
  repeats?: true;
}

/** The one table of keys: handlers, labels on buttons and the help all read it. */
export const keys = {
  next: { on: ["j", "ArrowDown"], label: "Next in the list", group: "Move", repeats: true },
  previous: { on: ["k", "ArrowUp"], label: "Previous in the list", group: "Move", repeats: true },
  open: { on: ["Enter"], label: "Open", group: "Move" },
  out: { on: ["Escape"], label: "One step out, back to the list", group: "Move" },
  search: { on: ["/"], label: "Search the list", group: "Move" },
  select: { on: ["x"], label: "Select, or not any more", group: "Move" },
  selectRange: { on: ["Shift+x"], label: "Select all from the last one selected", group: "Move" },
  approve: { on: ["a"], label: "Approve", group: "Decide" },
  reject: { on: ["r"], label: "Reject, with a reason", group: "Decide" },
  edit: { on: ["e"], label: "Edit, and save as a new proposal", group: "Decide" },
  respond: { on: ["m"], label: "Respond: send it back with what to do instead", group: "Decide" },
  batch: { on: ["Shift+a"], label: "Approve all that is selected", group: "Decide" },
  claim: { on: ["c"], label: "Read it, or leave it to others", group: "Decide" },
  aside: { on: ["s"], label: "Put aside until later", group: "Decide" },
  takeOver: { on: ["t"], label: "Take the case over", group: "Decide" },
  takeBack: { on: ["z"], label: "Take back your answer, while it is held", group: "Decide" },
  confirm: { on: ["Mod+Enter"], label: "Confirm or send", group: "Decide" },
  rail: { on: ["]"], label: "Show or hide Explain", group: "Go" },
  queue: { on: ["g q"], label: "Decision Queue", group: "Go" },
  cases: { on: ["g c"], label: "Cases", group: "Go" },
  changes: { on: ["g h"], label: "Changes of the boundary", group: "Go" },
  reviewers: { on: ["g i"], label: "Reviewers", group: "Go" },
  connections: { on: ["g t"], label: "Connections", group: "Go" },
  policy: { on: ["g p"], label: "Policy", group: "Go" },
  people: { on: ["g u"], label: "People", group: "Go" },
  help: { on: ["?"], label: "Keys", group: "Help" },
} as const satisfies Record<string, Key>;

export type KeyName = keyof typeof keys;
type Handlers = Partial<Record<KeyName, () => void>>;

/** Single keys can be switched off for those who press them by accident. */
export const singleKeys = signal(stored("single-keys") !== "off");
export function switchSingleKeys(on: boolean): void {
  singleKeys.value = on;
  store("single-keys", on ? null : "off");
}

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const shown: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Enter: "↵", Shift: "⇧", Mod: mac ? "⌘" : "Ctrl" };
/** A key as people read it: "Ctrl + ↵". */
export const written = (key: string): string[] => key.split(/[ +]/).map((part) => shown[part] ?? part.toUpperCase());
/** A character, with Shift or without: what somebody may press by accident, or say to a machine that listens. */
export const isSingle = (key: string): boolean => /^(Shift\+)?.$/u.test(key);

const listening: Handlers[] = [];
let begun: { key: string; at: number } | null = null;

function name(event: KeyboardEvent): string {
  const letter = /^\p{L}$/u.test(event.key);
  const key = letter ? event.key.toLowerCase() : event.key; // whatever Caps Lock says
  if (mac ? event.metaKey : event.ctrlKey) return `Mod+${key}`;
  return letter && event.shiftKey ? `Shift+${key}` : key;
}

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
/** Enter and the arrows belong to the thing that has the focus. */
const ownsKey = (target: EventTarget | null, key: string): boolean =>
  key === "Enter" && target instanceof HTMLElement && target.matches("a, button, summary, input");

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open], :popover-open")) return;
  const pressed = name(event);
  const single = !pressed.startsWith("Mod+") && pressed !== "Escape";
  if (single && (event.ctrlKey || event.metaKey || inField(event.target) || ownsKey(event.target, pressed))) return;
  if (isSingle(pressed) && !singleKeys.value) return;
  const pair = begun !== null && event.timeStamp - begun.at < 1_200 ? `${begun.key} ${pressed}` : null;
  begun = null;
  const found = (pair !== null ? find(pair) : null) ?? find(pressed);
  if (found === null) {
    const starts = Object.values(keys).some((key: Key) => key.on.some((on) => on.startsWith(`${pressed} `)));
    if (starts) begun = { key: pressed, at: event.timeStamp };
    return;
  }
  const key: Key = keys[found.name];
  if (event.repeat && !key.repeats) return;
  event.preventDefault();
  found.run();
}

function find(pressed: string): { name: KeyName; run: () => void } | null {
  const match = (Object.keys(keys) as KeyName[]).find((each) => (keys[each].on as readonly string[]).includes(pressed));
  if (match === undefined) return null;
  const run = listening.findLast((handlers) => handlers[match] !== undefined)?.[match];
  return run === undefined ? null : { name: match, run };
}

document.addEventListener("keydown", press);

/** Answers to keys while the component is on the page; the newest component wins. */
export function useKeys(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const names = Object.keys(handlers).join(" ");
  useEffect(() => {
    const mine = Object.fromEntries(names.split(" ").map((each) => [each, () => latest.current[each as KeyName]?.()])) as Handlers;
    listening.push(mine);
    return () => void listening.splice(listening.indexOf(mine), 1);
  }, [names]);
}
