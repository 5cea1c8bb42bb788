/* Looks into the page of an article for the passages in which the words stand. */

import { alike, fold, joined, line, words } from "./words.js";

const BLOCKS = "p, li, h2, h3, h4, h5, h6, dt, dd, td, th, figcaption, pre";
const PIECE = /(?<!\p{L})(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{M}\p{N}\u200c]+/gu;
const pages = new Map();

async function page(url) {
  if (!pages.has(url))
    pages.set(url, fetch(url).then((answer) => answer.ok ? answer.text() : "")
      .then((html) => new DOMParser().parseFromString(html, "text/html")));
  return pages.get(url);
}

function texts(document) {
  const body = document.querySelector("main .body") ?? document.querySelector("main");
  if (!body) return [];
  for (const mark of body.querySelectorAll(".anchor, .footnote-ref, .footnote-backref")) mark.remove();
  const found = [];
  for (const block of body.querySelectorAll(BLOCKS)) {
    if (block.querySelector(BLOCKS)) continue;
    const holder = block.closest("[id]");
    const text = block.textContent.replace(/\s+/g, " ").trim();
    if (text) found.push({ anchor: holder && body.contains(holder) ? holder.id : "", text, head: /^H/.test(block.tagName) });
  }
  return found;
}

const meets = (word, term) => term.begins ? word.startsWith(term.text)
  : term.exact ? word === term.text : alike(word, term.text) || (term.loose && word.startsWith(term.text));

/** Start and end of every place in a text that answers a term. */
export function places(text, terms) {
  const found = [];
  for (const run of new Set(terms.map((term) => term.run).filter(Boolean)))
    for (let at = text.indexOf(run); at >= 0; at = text.indexOf(run, at + run.length)) found.push([at, at + run.length]);
  const plain = terms.filter((term) => !term.run);
  if (plain.length)
    for (const match of text.matchAll(PIECE))
      if ([...words(match[0]), ...joined(match[0])].some((word) => plain.some((term) => meets(word, term))))
        found.push([match.index, match.index + match[0].length]);
  return found.sort((a, b) => a[0] - b[0]);
}

/**
 * The passages of the article at `url` that answer best, at most three, and its description.
 * Each has `anchor`, `text` and `marks`. `whole` says whether every one of `phrases` stands in it.
 */
export async function passages(url, terms, phrases) {
  const document = await page(url);
  const scored = [], description = document.querySelector("meta[name=description]")?.content ?? "";
  const lines = [document.querySelector("h1")?.textContent ?? "", description].map(line);
  if (phrases.length) // bylines, the section, tags, and who is named
    for (const { textContent } of document.querySelectorAll("main a:not(.body a, .related a)")) lines.push(line(textContent));
  texts(document).forEach((passage, order) => {
    const folded = fold(passage.text), own = [...words(passage.text), ...joined(passage.text)], own_line = phrases.length ? line(passage.text) : "";
    if (own_line) lines.push(own_line);
    const met = terms.filter((term) => term.run ? folded.includes(term.run)
      : own.some((word) => meets(word, term))).length;
    const whole = phrases.filter((phrase) => own_line.includes(phrase)).length;
    if (met) scored.push({ ...passage, met, whole, order });
  });
  scored.sort((a, b) => b.whole - a.whole || b.met - a.met || a.head - b.head || a.order - b.order);
  const best = scored.filter(({ met, whole }) => met === scored[0].met && whole === scored[0].whole).slice(0, 3);
  return {
    description,
    whole: phrases.every((phrase) => lines.some((one) => one.includes(phrase))),
    passages: best.map((passage) => ({ ...passage, marks: places(passage.text, terms) })),
  };
}
