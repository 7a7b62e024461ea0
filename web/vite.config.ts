import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const at = (path: string): string => resolve(import.meta.dirname, path);

/** The theme is set before the first paint, by a small classic script in <head>: the page rules allow no inline one. */
const themeInHead = () => {
  const source = readFileSync(at("shared/first-paint.js"), "utf8");
  const fileName = `assets/theme-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
  return {
    name: "theme-in-head",
    apply: "build" as const,
    generateBundle(this: { emitFile(file: { type: "asset"; fileName: string; source: string }): string }): void {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: () => [{ tag: "script", attrs: { src: `/${fileName}` }, injectTo: "head-prepend" as const }],
  };
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  publicDir: false,
  plugins: [themeInHead()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: at("../src/missiondesk/surfaces/dist"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { desk: at("desk/index.html"), portal: at("portal/index.html"), studio: at("studio/index.html") } },
  },
});
