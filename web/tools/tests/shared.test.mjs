import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const shared = join(dirname(fileURLToPath(import.meta.url)), "../../shared");
const load = async (name) => (await runnerImport(join(shared, name), { configFile: false, logLevel: "error" })).module;

test("events are read whole wherever the pieces are cut", async () => {
  const { EventReader } = await load("sse.ts");
  const text = ": ping\r\n\r\nid: 4\ndata: {\"a\":\ndata: 1}\n\nid: 5\r\ndata: x\r\n\r\n";
  for (let at = 0; at <= text.length; at++) {
    const reader = new EventReader();
    const events = [...reader.push(text.slice(0, at)), ...reader.push(text.slice(at))];
    assert.deepEqual(events, [{ id: "4", data: '{"a":\n1}' }, { id: "5", data: "x" }], `cut at ${at}`);
  }
});

test("a path leads to the very field, also from inside a result", async () => {
  const { find } = await load("explain/path.ts");
  const detail = { tool: "list_payments", result: { payments: [{ id: "a" }, { id: "b" }] } };
  for (const path of ["result.payments.1.id", "payments.1.id", "$.payments[1].id", "/payments/1/id", "$['payments'][1]['id']", "1.id"]) {
    assert.equal(find(detail, path), "result.payments.1.id", path);
  }
  assert.equal(find(detail, "payments.2.id"), null);
  const read = { arguments: { order_id: "4471" }, value: { order_id: "4471" } };
  assert.equal(find(read, "$.order_id"), "value.order_id");
});

test("invisible and direction-turning characters become visible, emoji stay whole", async () => {
  const { visible } = await load("text.ts");
  assert.equal(visible("a\u202Eb\u200Bc"), "a‹U+202E›b‹U+200B›c");
  assert.equal(visible("👩‍💻 né 日本"), "👩‍💻 né 日本");
  assert.equal(visible("a\u200Db"), "a‹U+200D›b");
  assert.equal(visible("two\nlines"), "two\nlines");
});

test("money has the decimals of its currency", async () => {
  const { money } = await load("text.ts");
  assert.equal(money({ minor: 4990, currency: "EUR" }), "€49.90");
  assert.match(money({ minor: 500, currency: "JPY" }), /500$/);
});

test("lines broken to fit a file are joined, paragraphs and lists are kept", async () => {
  const { unwrap } = await load("text.ts");
  assert.equal(unwrap("When one order\nwas charged\n twice.\n\nThen:\n- keep one\n- refund\n  the other"), "When one order was charged twice.\n\nThen:\n- keep one\n- refund the other");
});

test("two payments stand side by side, with what matters first and what is alike apart", async () => {
  const { laidOut } = await load("record.ts");
  const payment = (id, second) => ({
    payment_id: id, amount: { minor: 4990, currency: "EUR" }, created_at: `2026-11-14T09:12:${second}Z`, captured_at: `2026-11-14T09:12:${second}Z`,
    card_last4: "4242", customer_id: "acct_1", voided_at: null, status: "captured",
  });
  const found = laidOut({ customer_id: "acct_1", payments: [payment("pay_1", "04"), payment("pay_2", "41")] });
  assert.deepEqual(found.heads, ["pay_1", "pay_2"]);
  assert.deepEqual(found.lines.map((line) => line.name), ["amount", "status", "created at"]);
  assert.deepEqual(found.lines[0].cells, ["€49.90", "€49.90"]);
  assert.deepEqual(found.alike, [{ name: "card last4", text: "4242" }]);
  assert.equal(laidOut("a line"), null);
  assert.equal(laidOut({ payments: [] }), null);
});

test("progress of a read is shown until its result is there, and only on its mission", async () => {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify({ items: [], verified: true, verified_to: 0, broken: null }), { headers: { "content-type": "application/json" } }));
  const { running, showMission, take, takeProgress } = await load("explain/store.ts");
  await showMission("mission-1");
  const told = (tool, done, over = false) => ({ mission_id: "mission-1", tool, title: tool, source: "Billing", done, total: 4, message: null, over });
  const seen = (n, kind, tool) => ({ mission_id: "mission-1", n, kind, line: "", detail: { tool } });
  const shown = () => running.value.map(({ tool, done }) => [tool, done]);
  takeProgress([told("billing.a", 1), told("billing.b", 1), told("billing.a", 2), { ...told("billing.c", 1), mission_id: "mission-2" }]);
  assert.deepEqual(shown(), [["billing.b", 1], ["billing.a", 2]]);
  take([seen(1, "thought"), seen(2, "seen", "billing.b")]);
  assert.deepEqual(shown(), [["billing.a", 2]]);
  takeProgress([told("billing.a", 3, true)]);
  assert.deepEqual(shown(), []);
  takeProgress([told("billing.a", 1)]);
  take([seen(3, "waiting")]);
  assert.deepEqual(shown(), []);
});

test("a difference is told by rule and tool, with signs, and what is wholly new says so", async () => {
  const { grouped } = await load("change/places.ts");
  const of = (place, before, after, lines = []) => ({ place, before, after, lines });
  const found = grouped([of("rule.large.when", "a", "b"), of("rule.small.action", null, "x.y"), of("rule.small.says", null, "Small."), of("zone", "UTC", null), of("manifest.tool.get.effect", "read", null), of("reviewed.tools.get.words", "a\nb", "a\nc", [" a", "-b", "+c"])]);
  assert.deepEqual(found, [
    { title: "Rule large", whole: null, lines: ["-when = a", "+when = b"] },
    { title: "Rule small", whole: "new", lines: ["+action = x.y", "+says = Small."] },
    { title: "All of it", whole: null, lines: ["-zone = UTC"] },
    { title: "Tool get", whole: "out", lines: ["-effect = read"] },
    { title: "What was read of get", whole: null, lines: [" words:", " a", "-b", "+c"] },
  ]);
});
