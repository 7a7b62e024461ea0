import assert from "node:assert/strict";
import { test } from "node:test";
import { problems } from "../lint.mjs";

test("markup made from text is found", () => {
  assert.equal(problems("desk/card/card.tsx", "box.innerHTML = text;").length, 1);
});

test("a portal that looks into the Desk is found", () => {
  assert.equal(problems("portal/app.tsx", 'import { card } from "../desk/card/store";').length, 1);
});

test("a feature that looks into another is found", () => {
  assert.equal(problems("desk/card/card.tsx", 'import { rows } from "../queue/store";').length, 1);
});

test("shared parts, one's own and what stands one level up are fine", () => {
  const source = 'import { get } from "../../shared/api";\nimport { open } from "./store";\nimport { hear } from "../live";';
  assert.deepEqual(problems("desk/card/card.tsx", source), []);
});
