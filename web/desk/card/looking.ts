import { effect } from "@preact/signals";
import { newKey, post } from "../../shared/api";
import { opened } from "../../shared/explain/store";
import { explain } from "../../shared/resource";
import { card, mayAttend } from "./store";

const told = new Set<string>();

/** Tells the server once for each card that what it rests on was opened in the trace. Nothing more is told of how people read. */
export function tellOfLooks(): () => void {
  return effect(() => {
    const shown = card.value.value;
    if (shown === null || told.has(shown.id) || !mayAttend(shown)) return;
    if (!shown.evidence.some((each) => opened.value.has(each.observation))) return;
    told.add(shown.id);
    void post(`/api/desk/queue/${encodeURIComponent(shown.id)}/looks`, {}, newKey()).catch(explain);
  });
}
