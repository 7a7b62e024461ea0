/** One event of a text/event-stream. */
export interface StreamEvent {
  id: string | null;
  data: string;
}

/** Reads server-sent events out of text that arrives in pieces cut anywhere: LF, CR LF or CR, many `data:` lines, comments. */
export class EventReader {
  #rest = "";
  #data: string[] = [];
  #id: string | null = null;

  push(piece: string): StreamEvent[] {
    const text = this.#rest + piece;
    // A CR at the very end may be the first half of a CR LF.
    const held = text.endsWith("\r") ? "\r" : "";
    const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + held;
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): StreamEvent[] {
    if (line === "") {
      const event = { id: this.#id, data: this.#data.join("\n") };
      const empty = this.#data.length === 0;
      this.#data = [];
      this.#id = null;
      return empty ? [] : [event];
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") this.#data.push(value);
    if (field === "id") this.#id = value;
    return [];
  }
}
