import type { PlaceView } from "../api";

/** What belongs together of a difference, with its lines: each with ` `, `-` or `+` before it. */
export interface Group {
  title: string;
  /** All of it is new, or is taken out. */
  whole: "new" | "out" | null;
  lines: readonly string[];
}

const parts: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^rule\.([^.]+)\.(.+)$/, (name) => `Rule ${name}`],
  [/^manifest\.tool\.([^.]+)\.(.+)$/, (name) => `Tool ${name}`],
  [/^reviewed\.tools\.([^.]+)\.(.+)$/, (name) => `What was read of ${name}`],
  [/^(manifest|reviewed)\.(.+)$/, (name) => (name === "manifest" ? "Connection" : "Its server")],
];

/** By rule or tool, in the order of the server. */
export function grouped(places: readonly PlaceView[]): Group[] {
  const found = new Map<string, { place: string; of: PlaceView }[]>();
  for (const of of places) {
    const [title, place] = split(of.place);
    found.set(title, [...(found.get(title) ?? []), { place, of }]);
  }
  return [...found].map(([title, those]) => ({ title, whole: whole(those), lines: those.flatMap(({ place, of }) => lines(place, of)) }));
}

function split(place: string): readonly [title: string, place: string] {
  for (const [shape, title] of parts) {
    const match = shape.exec(place);
    if (match) return [title(match[1] ?? ""), match[2] ?? ""];
  }
  return ["All of it", place];
}

/** A rule without an action is none, nor is a tool without an effect: where that is new, all of it is. */
function whole(those: readonly { place: string; of: PlaceView }[]): Group["whole"] {
  const head = those.find(({ place }) => place === "action" || place === "effect")?.of;
  if (head?.before === null) return "new";
  return head?.after === null ? "out" : null;
}

function lines(place: string, of: PlaceView): string[] {
  if (of.lines.length > 0) return [` ${place}:`, ...of.lines];
  const one = (sign: string, says: string | null): string[] => (says === null ? [] : [`${sign}${place} = ${says}`]);
  return [...one("-", of.before), ...one("+", of.after)];
}

/** A proposal that would come out otherwise: in which way, as people say it, and whether it then asks for less. */
export const flips: Record<string, { says: string; tone: "warn" | "bad" | "" }> = {
  "by itself": { says: "would go by themselves", tone: "warn" },
  "fewer people": { says: "would need fewer people", tone: "warn" },
  "other people": { says: "would need other people", tone: "" },
  "more people": { says: "would need more people", tone: "" },
  "people again": { says: "would need people again", tone: "" },
  denied: { says: "would be denied", tone: "bad" },
};
