import type { Connection, ConnectionTool } from "../../shared/api";

/** A tool whose definition somebody can read and pin now. */
export type Readable = ConnectionTool & { digest: string };

/** What is decided on and waits to be read: never reviewed, or changed since. */
export const toRead = (of: Connection): Readable[] => of.tools.filter((tool): tool is Readable => tool.digest !== null && tool.effect !== "off" && (tool.state === "unreviewed" || tool.state === "changed"));

/** The ticks that still count: of tools whose digest is the one that was read. */
export function stillRead(ticks: ReadonlyMap<string, string>, now: readonly Readable[]): Map<string, string> {
  return new Map(now.filter((tool) => ticks.get(tool.name) === tool.digest).map((tool) => [tool.name, tool.digest]));
}
