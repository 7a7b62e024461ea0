import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const studio = join(dirname(fileURLToPath(import.meta.url)), "../../studio");
const load = async (name) => (await runnerImport(join(studio, name), { configFile: false, logLevel: "error" })).module;

const lookUp = {
  type: "object",
  required: ["customer_id", "lines"],
  properties: {
    customer_id: { type: "string", description: "Whose it is" },
    status: { enum: ["open", "closed"], default: "open" },
    limit: { anyOf: [{ type: "integer" }, { type: "null" }] },
    lines: { type: "array", items: { $ref: "#/$defs/Line" } },
    on: { type: "string", format: "date" },
  },
  $defs: { Line: { type: "object", required: ["sku"], properties: { sku: { type: "string" }, parent: { $ref: "#/$defs/Line" } } } },
};

test("every page of the Studio has an address that leads back to it", async () => {
  const places = await load("places.ts");
  for (const name of ["get_order", "a/b", "50%", "ü ?#"]) {
    assert.deepEqual(places.placeOf(places.tool("shop", name)), { at: "tool", id: "shop", tool: name });
  }
  assert.deepEqual(places.placeOf("/studio"), { at: "list" });
  assert.deepEqual(places.placeOf(places.add), { at: "add" });
  assert.deepEqual(places.placeOf(places.review("new")), { at: "review", id: "new" });
  for (const nowhere of ["/studio/knowledge", "/studio/connections/a/b", "/studio/connections/a/tools", "/studio/connections/%", "/studio/connections/a/review/b"]) {
    assert.equal(places.placeOf(nowhere), null, nowhere);
  }
});

test("a schema is read in words, also what refers to itself", async () => {
  const { fieldsOf, argumentsOf } = await load("connections/schema.ts");
  const top = argumentsOf(lookUp).map(({ path, kind, required }) => [path, kind, required]);
  assert.deepEqual(top, [
    ["customer_id", "text", true],
    ["status", "one of", false],
    ["limit", "whole number or nothing", false],
    ["lines", "list of fields", true],
    ["on", "day", false],
  ]);
  const all = fieldsOf(lookUp);
  assert.deepEqual(all.filter((field) => field.depth === 1).map((field) => field.path), ["lines[].sku", "lines[].parent"]);
  assert.ok(all.length < 40, "it ends");
  for (const odd of [null, "x", [], { properties: { a: true } }, { $ref: "https://example.com/" }, { properties: { a: { $ref: "#/$defs/none" } } }]) {
    assert.ok(fieldsOf(odd).length <= 1);
  }
});

test("what is typed for a try becomes JSON of the schema's kind, and what cannot is told", async () => {
  const { argumentsOf } = await load("connections/schema.ts");
  const { typed } = await load("connections/arguments.ts");
  const fields = argumentsOf(lookUp);
  assert.deepEqual(typed(fields, { customer_id: " c-1 ", limit: "20", status: "closed", lines: '[{"sku": "1"}]' }), {
    values: { customer_id: "c-1", limit: 20, status: "closed", lines: [{ sku: "1" }] },
    wrong: {},
  });
  const wrong = typed(fields, { limit: "1,000", lines: "sku" }).wrong;
  assert.deepEqual(Object.keys(wrong).sort(), ["customer_id", "limit", "lines"]);
});

const read = { effect: "read", title: "Orders", bind: { customer_id: "$customer", state: "$customer.state_key", limit: 20 }, owner: ["$.customer_id"], redact: ["$.birthday"], volatile: [], unordered: ["$.lines"], max_age: "900s", limits: { calls: 4, bytes: null, at_most: { page: 3 } } };
const write = {
  effect: "write", title: "Refund", bind: {}, owner: null, redact: [], limits: { calls: null, bytes: null, at_most: {} }, effect_class: "keyed", key: { argument: "key", meta: true, hours: 12 },
  destinations: ["iban"], card: "Refund {amount}", remedy: "A refund", reversible: "Never.", reference: "$.id", not_executed: ["not_found", "too_large"],
  changes: [{ of: "id", label: "x", path: "$.a", becomes: "y" }], recheck: [], find: { tool: "a.b", args: { key: "$key" }, there: "$.c" }, proof: [],
};

test("a decision goes through its form and comes out as it was", async () => {
  const { formOf, decisionOf } = await load("connections/decision.ts");
  const args = [{ path: "limit", schema: { type: "integer" } }, { path: "state", schema: { type: "string" } }];
  for (const one of [read, write]) {
    const found = decisionOf(formOf(one, args), args);
    assert.equal(found.wrong, null);
    const { max_age, ...rest } = found.decision;
    for (const [name, value] of Object.entries(rest)) if (name in one) assert.deepEqual(value, one[name], name);
    assert.equal(max_age, one.max_age ? "15m" : null);
  }
});

test("a read that turns into a write loses what only a read has", async () => {
  const { formOf, decisionOf } = await load("connections/decision.ts");
  const form = { ...formOf(read, []), effect: "write", card: "Do it", effectClass: "neither" };
  const { decision } = decisionOf(form, []);
  assert.equal(decision.max_age, null);
  assert.equal(decision.key, null);
});

test("what a decision lacks is told at its field, before anything is sent", async () => {
  const { formOf, decisionOf } = await load("connections/decision.ts");
  const wrongOf = (change) => Object.keys(decisionOf({ ...formOf({ effect: "read" }, []), ...change }, []).wrong ?? {}).sort();
  assert.deepEqual(wrongOf({}), ["owner"]);
  assert.deepEqual(wrongOf({ owner: "nobody" }), []);
  assert.deepEqual(wrongOf({ effect: null }), ["effect"]);
  assert.deepEqual(wrongOf({ effect: "write" }), ["card", "effect_class"]);
  assert.deepEqual(wrongOf({ effect: "write", card: "x", effectClass: "keyed" }), ["key"]);
  assert.deepEqual(wrongOf({ effect: "write", card: "x", effectClass: "queryable" }), ["find"]);
  assert.deepEqual(wrongOf({ effect: "write", card: "x", effectClass: "neither", json: { find: "", changes: "[", recheck: "", proof: "" } }), ["changes"]);
  assert.equal(decisionOf(formOf({ effect: "read" }, []), [], { wholeFor: "c-1" }).wrong, null);
});

test("a try asks for the ids that the tool needs", async () => {
  const { recordsFor } = await load("connections/decision.ts");
  assert.deepEqual(recordsFor("shop", read), ["shop", "shop.state_key"]);
  assert.deepEqual(recordsFor("shop", { bind: {}, owner: "nobody" }), []);
});

test("the server's pointer leads to the field, whatever stands on the way", async () => {
  const { placed, about } = await load("connections/wrong.ts");
  const found = placed("/manifest/tool/get/owner/list[function-after[_path(), str]]/0: Value error, '$.[' is no path");
  assert.deepEqual(found.at.slice(0, 4), ["manifest", "tool", "get", "owner"]);
  assert.equal(found.says, "'$.[' is no path.");
  assert.equal(about(found, "manifest", "tool", "get"), found.says);
  assert.equal(about(found, "manifest", "http"), null);
  assert.deepEqual(placed("Help desk does not answer: no."), { at: [], says: "Help desk does not answer: no." });
});

test("a new connection gets an id from its name, and errors at their fields", async () => {
  const { empty, idOf, bodyOf, missingIn, serverSays } = await load("connections/adding.ts");
  assert.equal(idOf({ id: null, title: "2nd Help-Desk (Zürich)" }), "ndhelpdeskzurich");
  const form = { ...empty, title: "Help desk", url: "https://x.example/mcp", by: "token", token: "secret-1", hosts: "a.internal, b.internal" };
  const { manifest, secrets } = bodyOf(form);
  assert.deepEqual(manifest.http.allow_private, ["a.internal", "b.internal"]);
  assert.deepEqual(manifest.auth, { kind: "bearer", token: "$HELPDESK_TOKEN", header: null });
  assert.deepEqual(secrets, { HELPDESK_TOKEN: "secret-1" });
  assert.ok(!JSON.stringify(manifest).includes("secret-1"));
  assert.deepEqual(missingIn(form, []), {});
  assert.deepEqual(Object.keys(missingIn({ ...empty, by: "client" }, [])).sort(), ["clientId", "clientSecret", "id", "title", "url"]);
  assert.deepEqual(Object.keys(missingIn(form, ["helpdesk"])), ["id"]);
  const at = (status, message) => Object.keys(serverSays({ status, message }, "token"))[0];
  assert.equal(at(502, "It is this machine: an admin adds it to allow_private."), "hosts");
  assert.equal(at(502, "X does not answer: It answered 401."), "token");
  assert.equal(at(502, "X does not answer: no such host."), "url");
  assert.equal(at(422, "/manifest/http/url: String should match"), "url");
  assert.equal(at(422, "/manifest/auth/bearer/header: no"), "header");
  assert.equal(at(409, "Something else."), "");
});

test("only what was read as it is now can be pinned", async () => {
  const { stillRead, toRead } = await load("connections/reading.ts");
  const tools = [
    { name: "a", digest: "1", effect: "read", state: "unreviewed" },
    { name: "b", digest: "2", effect: "write", state: "changed" },
    { name: "c", digest: "3", effect: "off", state: "off" },
    { name: "d", digest: null, effect: "read", state: "unreviewed" },
    { name: "e", digest: "5", effect: "read", state: "reviewed" },
  ];
  const waiting = toRead({ tools });
  assert.deepEqual(waiting.map((tool) => tool.name), ["a", "b"]);
  assert.deepEqual([...stillRead(new Map([["a", "1"], ["b", "an older one"]]), waiting)], [["a", "1"]]);
});

test("what changed between two looks is told line by line, with signs", async () => {
  const { between, linesBetween } = await load("connections/between.ts");
  assert.deepEqual(linesBetween("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
  assert.deepEqual(linesBetween(null, "new"), ["+new"]);
  assert.deepEqual(linesBetween("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n7"), [" 4", " 5", "-6", "+7"]);
  const tool = { title: null, description: "One.", input_schema: { a: 1, b: 2 }, output_schema: null, annotations: null };
  assert.deepEqual(between(tool, { ...tool, input_schema: { b: 2, a: 1 } }), [], "the order of names says nothing");
  assert.deepEqual(between(tool, { ...tool, description: "Two." }), [{ field: "description", before: "One.", after: "Two.", lines: ["-One.", "+Two."] }]);
});

test("a decision is told in words, and what is as always is left out", async () => {
  const { told, hints } = await load("connections/words.ts");
  const names = told(read).map((line) => line.name);
  assert.deepEqual(names, ["For people", "We fill in", "Owner at", "Hidden from all", "Any order", "Good for", "Limits"]);
  assert.ok(told(write).some((line) => line.name === "Our key" && line.says === "key and meta of the call, honoured 12 h"));
  assert.deepEqual(hints({ readOnlyHint: false, openWorldHint: "yes" }), ["says it changes something"]);
  assert.deepEqual(hints(null), []);
});

test("an error of a policy leads to its line, wherever its rule stands", async () => {
  const { lineOf } = await load("policy/lines.ts");
  const text = '[rule.one]\nwhen = ["a"]\n\n[rule."two-b"]\naction = "a.b"\nwhen = ["x",\n  "y"]\n[rule.two-b.approve]\ncount = 9';
  assert.equal(lineOf(text, { rule: "two-b", place: "when 2", sentence: "" }), 6);
  assert.equal(lineOf(text, { rule: "two-b", place: "approve count", sentence: "" }), 4, "the head, where the field has no line of its own");
  assert.equal(lineOf(text, { rule: "three", place: null, sentence: "" }), null);
  assert.equal(lineOf(text, { rule: null, place: null, sentence: "Invalid value (at line 3, column 1)" }), 3);
});
