/* What a reader types → the words that the index knows: as site_builder/searching/spelling.py. */

const MARKS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0640\u00ad\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/g;
const SAME = {
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
  "ı": "i", "ς": "σ", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ٱ": "ا", "_": " ",
};
for (const zero of [0x660, 0x6f0, 0x966])
  for (let n = 0; n < 10; n++) SAME[String.fromCodePoint(zero + n)] = String(n);
const SIGNS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");
const ARTICLE = /(?<![\p{L}\p{N}])(?:[وبكکف]?ال|لل)(?=[\p{L}\p{N}]{3})/gu;
const POINTED = /(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu; // U.S.A.
const SPACELESS = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[\\p{L}\\p{N}\\u0900-\\u0dff\\u0f00-\\u0fff${SPACELESS}]+`, "gu");
const RUN = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
const IN_RUN = new RegExp(`^[${SPACELESS}]`, "u");
const HALVED = /[\p{L}\p{N}\u0610-\u061a\u064b-\u065f\u0670]+(?:\u200c[\p{L}\p{N}\u0610-\u061a\u064b-\u065f\u0670]+)+/gu;
const LONGEST = 40;
const LIKE = new Set(["", "s", "es", "e", "n", "en", "er", "ers", "ed", "d", "ing", "ings", "em", "ern"]);

/** The text without case, accents and variants of a letter. */
export function fold(text) {
  // the Arabic article goes while \u0622 is still another letter than \u0627
  return text.normalize("NFC").replace(MARKS, "").replace(ARTICLE, "")
    .normalize("NFKD").replace(MARKS, "").normalize("NFKC").toLowerCase()
    .replace(SIGNS, (sign) => SAME[sign]).replace(POINTED, (word) => word.replaceAll(".", ""));
}

/** What of a word says which bucket holds it. */
export const lead = (word, length) => [...word].slice(0, IN_RUN.test(word) ? 1 : length).join("");

const cut = (word) => [...word].slice(0, LONGEST).join("");

/** All words as the index has them: of a run without spaces every pair, and the last character. */
export function words(text) {
  const found = [];
  for (const [word] of fold(text).matchAll(WORD))
    for (const [run] of word.matchAll(RUN)) {
      const signs = [...run];
      if (IN_RUN.test(run)) signs.forEach((sign, n) => found.push(sign + (signs[n + 1] ?? "")));
      else found.push(cut(run));
    }
  return found;
}

/** Words that are written with a half-space, as many type them: without it. */
export const joined = (text) => (text.match(HALVED) ?? []).map((word) => cut(fold(word.replaceAll("\u200c", ""))));

/**
 * What to look for: `{text, exact, begins, run}` for each word. In quotes a word is meant
 * exactly; a star behind it means all that begin so. `run` is what was written without spaces.
 */
export function terms(query) {
  const found = new Map();
  const add = (text, more) => found.has(text) || found.set(text, { text, exact: false, begins: false, run: "", ...more });
  const parts = query.split(/["“”„«»]/);
  parts.forEach((part, place) => {
    const exact = place % 2 === 1 && place < parts.length - 1;
    const folded = fold(part);
    for (const match of folded.matchAll(WORD))
      for (const [run] of match[0].matchAll(RUN)) {
        const signs = [...run];
        if (!IN_RUN.test(run))
          add(cut(run), { exact, begins: folded[match.index + match[0].length] === "*" });
        else if (signs.length === 1) add(run, { begins: true, run });
        else signs.slice(1).forEach((sign, n) => add(signs[n] + sign, { exact: true, run }));
      }
  });
  return [...found.values()].slice(0, 16);
}

/** A text as one line of its words; what is written without spaces stays whole. */
export function line(text) {
  const parts = [...fold(text).matchAll(WORD)].flatMap(([word]) => word.match(RUN));
  return ` ${parts.map((part) => IN_RUN.test(part) ? part : cut(part)).join(" ")} `;
}

/** The phrases in quotes, as they stand in a `line`: a part of a run may begin and end anywhere. */
export function phrases(query) {
  return query.split(/["“”„«»]/).filter((_, n, all) => n % 2 === 1 && n < all.length - 1)
    .map((part) => line(part).trim()).filter((phrase) => phrase.includes(" ") || (IN_RUN.test(phrase) && [...phrase].length > 2))
    .map((phrase) => (IN_RUN.test(phrase) ? "" : " ") + phrase + (IN_RUN.test(phrase.split(" ").at(-1)) ? "" : " "));
}

/** Whether two words are forms of one: "bank" and "banks", "Minister" and "Ministern". */
export function alike(a, b) {
  if (a === b) return true;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const one = a.slice(same), two = b.slice(same);
  if (same < 3) return false;
  if ((one === "y" && two === "ies") || (one === "ies" && two === "y")) return true;
  if (!LIKE.has(one) || !LIKE.has(two)) return false;
  const rest = one + two;
  if (rest === "s") return true;
  return one && two ? same >= 5 : same >= 5 || (same >= 4 && rest.length > 1);
}
