import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const card = join(dirname(fileURLToPath(import.meta.url)), "../../desk/card");
const { amountText, begun, leftIn, minorOf, read } = (await runnerImport(join(card, "edit-values.ts"), { configFile: false, logLevel: "error" })).module;

const field = (more) => ({ name: "it", kind: "text", help: null, required: true, given: true, value: "x", shown: "x", choices: [], minimum: null, maximum: null, longest: null, locked: null, bound: false, ...more });
const typed = (of, text, currency) => read(of, { ...begun(of), text, ...(currency && { currency }) });

test("an amount is typed digit by digit, in the currency's own units, and nothing is rounded", () => {
  for (const [minor, currency, text] of [[4990, "EUR", "49.90"], [5, "EUR", "0.05"], [-120, "USD", "-1.20"], [1200, "JPY", "1200"], [0, "EUR", "0.00"]]) {
    assert.equal(amountText(minor, currency), text);
    assert.equal(minorOf(text, currency), minor);
  }
  assert.equal(minorOf("39,9", "EUR"), 3990);
  assert.equal(minorOf(" 7 ", "EUR"), 700);
  for (const text of ["", "1.234", "12x", "1,000.50", ".5", "1e3", "--1"]) assert.equal(minorOf(text, "EUR"), null);
  assert.equal(minorOf("1.5", "JPY"), null);
});

test("a field gives the value that its tool takes, or says what is wrong", () => {
  const money = field({ kind: "money", value: { minor: 4990, currency: "EUR" }, choices: ["EUR", "USD"] });
  assert.deepEqual(typed(money, "39.90").value, { minor: 3990, currency: "EUR" });
  assert.deepEqual(typed(money, "49.90", "USD").value, { minor: 4990, currency: "USD" });
  assert.match(typed(money, "many").wrong, /such as 12.50/);
  const days = field({ kind: "integer", value: 3, minimum: 1, maximum: 9 });
  assert.equal(typed(days, "4").value, 4);
  assert.deepEqual(["3.5", "0", "10", ""].map((text) => typed(days, text).wrong), ["A whole number.", "At least 1.", "At most 9.", "This is needed."]);
  assert.equal(typed(field({ kind: "boolean", value: true }), "false").value, false);
  assert.equal(typed(field({ kind: "choice", value: 1, choices: [1, 2] }), "2").value, 2);
});

test("what is left out stays left out, and what is locked or untouched stays as it is", () => {
  const note = field({ required: false, given: false, value: null });
  assert.equal(read(note, begun(note)).given, false);
  assert.deepEqual(typed(note, "new"), { given: true, value: "new", wrong: null });
  assert.equal(typed(field({ required: false }), "").given, false);
  const odd = field({ kind: "number", value: 1e21 });
  assert.equal(read(odd, begun(odd)).value, 1e21);
  const locked = field({ kind: "raw", value: { a: [1] }, locked: "It has no simple form." });
  assert.deepEqual(read(locked, { text: "else" }).value, { a: [1] });
});

test("a message that still names what was changed is found", () => {
  const change = { label: "amount", before: "€49.90", after: "€39.90" };
  assert.deepEqual(leftIn("We refund €49.90.", [change]), ["€49.90"]);
  assert.deepEqual(leftIn("We refund €39.90.", [change]), []);
  assert.deepEqual(leftIn("x", [{ label: "message to the customer", before: "x", after: "y" }]), []);
});
