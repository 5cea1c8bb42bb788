/* Reads the index (site_builder/searching/files.py says how it is laid out) and finds in it. */

import { alike, lead, terms, words } from "./words.js";

const WEIGHT = [1, 1.6, 3, 6]; // once, often, in standfirst or names, in the headline
const FORM = 0.6; // another form of the word
const BEGINNING = 0.4; // a word that only begins so
const utf8 = new TextEncoder(), text = new TextDecoder();

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

class Reader {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  varint() {
    let value = 0, shift = 0, byte;
    do { byte = this.bytes[this.at++]; value |= (byte & 127) << shift; shift += 7; } while (byte > 127);
    return value;
  }
  take(length) { return this.bytes.subarray(this.at, (this.at += length)); }
  get more() { return this.at < this.bytes.length; }
}

/** Calls `found(block, word, values)` for every word of a bucket whose bytes begin with `head`. */
function scan(bytes, head, found) {
  const all = new Reader(bytes);
  while (all.more) {
    const block = all.varint(), part = new Reader(all.take(all.varint()));
    while (part.more) {
      const name = part.take(part.bytes[part.at++]), values = part.take(part.varint());
      if (head.every((byte, n) => name[n] === byte)) found(block, text.decode(name), values);
    }
  }
}

function unpack(values, take) {
  const reader = new Reader(values);
  for (let value = 0; reader.more; ) take((value += reader.varint()) >> 2, value & 3);
}

export class Archive {
  /** `root` is the address of the folder that holds index.json. */
  static async open(root) {
    const archive = new Archive();
    const answer = await fetch(`${root}index.json`, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { lead, chunk, width, sums, blocks } = await answer.json();
    archive.blocks = blocks.map(([label, count, sum]) => ({ label, count, sum }));
    return Object.assign(archive, { root, lead, chunk, width, sums, known: new Map() });
  }

  get articles() { return this.blocks.reduce((all, block) => all + block.count, 0); }
  get years() { return [...new Set(this.blocks.slice(1).map(({ label }) => label.slice(0, 4)))].reverse(); }

  /** The article (or subject) at a place of a block, as its file has it. */
  async title(block, place) {
    const { label, sum } = this.blocks[block];
    const rows = await this.fetched(`titles/${label}-${Math.floor(place / this.chunk)}.json`, sum, "json");
    return rows[place % this.chunk];
  }

  /** Kind → [slug, name, places] of a block. */
  async facets(block) {
    const { label, sum } = this.blocks[block];
    const kinds = await this.fetched(`facets/${label}.json`, sum, "json");
    return Object.fromEntries(Object.entries(kinds).map(([kind, rows]) => [kind, rows.map(([slug, name, gaps]) => {
      let place = 0;
      return [slug, name, gaps.map((gap) => (place += gap))];
    })]));
  }

  async fetched(path, sum, kind) {
    const key = `${path}?v=${sum}`;
    if (!this.known.has(key))
      this.known.set(key, fetch(this.root + key).then((answer) => {
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer[kind]();
      }));
    return this.known.get(key);
  }

  /** Calls `found` as `scan` does for all words of the bucket of `word` that begin with `head`. */
  async scanned(word, head, found) {
    const start = word[0] === "=" ? word : lead(word, this.lead);
    const number = crc32(utf8.encode(start)) & (this.sums.length / 6 - 1);
    const path = `words/${String(number).padStart(this.width, "0")}.bin`;
    const bytes = await this.fetched(path, this.sums.slice(number * 6, number * 6 + 6), "arrayBuffer");
    scan(new Uint8Array(bytes), utf8.encode(head), found);
  }

  /** Block → place → weight, for one term; and for subjects, which any beginning finds. */
  async matches(term) {
    const exact = new Map(), begins = new Map(), subjects = new Map();
    const length = [...term.text].length;
    const put = (where, block, values, factor) => {
      const places = where.get(block) ?? new Map();
      unpack(values, (place, weight) => places.set(place, Math.max(places.get(place) ?? 0, WEIGHT[weight] * factor)));
      where.set(block, places);
    };
    await this.scanned(term.text, lead(term.text, this.lead), (block, word, values) => {
      const same = word === term.text, start = word.startsWith(term.text);
      if (block === 0) {
        if (same || (start && (term.begins || (!term.exact && length >= this.lead))))
          put(subjects, block, values, same ? 1 : BEGINNING);
      } else if (same) put(exact, block, values, 1);
      else if (start && term.begins) put(exact, block, values, term.run ? 1 : BEGINNING);
      else if (!term.exact && alike(word, term.text)) put(exact, block, values, FORM);
      else if (start && !term.exact && length >= this.lead) put(begins, block, values, BEGINNING);
    });
    term.loose = !exact.size; // where no article has the word, one that begins so will do
    const places = exact.size ? exact : begins;
    let count = 0;
    for (const found of places.values()) count += found.size;
    return { term, places, count, subjects: subjects.get(0) ?? new Map() };
  }

  /** Block → places that a filter lets through: `people/SLUG`, `sections/SLUG` and so on. */
  async allowed(filter) {
    const blocks = new Map();
    await this.scanned(`=${filter}`, `=${filter}`, (block, word, values) => {
      if (word !== `=${filter}`) return;
      const places = new Set();
      unpack(values, (place) => places.add(place));
      blocks.set(block, places);
    });
    return blocks;
  }

  /**
   * Everything about a query: `hits` ({block, place, score}, in order), `subjects` (places, in
   * order), `terms`, `missing` (words that no article has), `some` (true where none has all).
   * `filters` are those of `allowed`; `year` is four digits or empty.
   */
  async find(query, { filters = [], year = "", sort = "" } = {}) {
    const typed = terms(query), short = ({ text, begins, run }) => begins && !run && [...text].length < this.lead;
    const wanted = typed.filter((term) => !short(term)); // a bucket holds what shares its first letters
    const [found, ...allowed] = await Promise.all([
      Promise.all(wanted.map((term) => this.matches(term))), ...filters.map((filter) => this.allowed(filter))]);
    const present = found.filter(({ count }) => count), missing = found.filter(({ count }) => !count);
    const may = (block, place) => block && (!year || this.blocks[block].label.startsWith(year))
      && allowed.every((blocks) => blocks.get(block)?.has(place));
    let hits = wanted.length ? this.scored(present, may) : this.every(may, allowed, year);
    const all = hits.filter(({ words }) => words === present.length);
    const some = !all.length && hits.length > 0;
    if (!some) hits = all;
    const newer = (a, b) => b.block - a.block || b.place - a.place;
    if (sort === "newest") hits.sort(newer);
    else if (sort === "oldest") hits.sort((a, b) => newer(b, a));
    else hits.sort((a, b) => b.words - a.words || b.score - a.score || newer(a, b));
    return {
      hits, some, terms: wanted, missing: missing.map(({ term }) => term.run || term.text),
      subjects: await this.subjects(query, found), short: typed.length > wanted.length,
    };
  }

  scored(present, may) {
    const hits = new Map(), total = this.articles;
    for (const { places, count } of present) {
      const rarity = Math.log(1 + total / count);
      for (const [block, found] of places)
        for (const [place, weight] of found) {
          if (!may(block, place)) continue;
          const key = block * 1e6 + place;
          const hit = hits.get(key) ?? { block, place, score: 0, words: 0 };
          hit.score += weight * rarity;
          hit.words += 1;
          hits.set(key, hit);
        }
    }
    return [...hits.values()];
  }

  /** Without words: all that the filters let through, and nothing where there are none. */
  every(may, allowed, year) {
    const hits = [];
    if (!allowed.length && !year) return hits;
    this.blocks.forEach(({ count }, block) => {
      for (let place = 0; place < count; place++)
        if (may(block, place)) hits.push({ block, place, score: 0, words: 0 });
    });
    return hits;
  }

  /** People and countries whose names have all the words, the best known first. */
  async subjects(query, found) {
    if (!found.length) return [];
    const [first, ...others] = found.map(({ subjects }) => subjects);
    const places = [...first.keys()].filter((place) => others.every((other) => other.has(place)));
    const weight = (place) => found.reduce((sum, { subjects }) => sum + subjects.get(place), 0);
    const best = places.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, 12);
    const rows = await Promise.all(best.map((place) => this.title(0, place)));
    const asked = words(query).join(" ");
    const named = ([name, url, kind, count, names]) => ({
      name, url, kind, count, whole: names.some((form) => words(form).join(" ") === asked),
      alias: alias(name, names, asked.split(" ")),
    });
    return rows.map(named).sort((a, b) => b.whole - a.whole).slice(0, 6);
  }
}

/** The form of a name that answers the query where the name itself does not. */
function alias(name, names, asked) {
  const has = (form) => asked.every((word) => words(form).some((other) => other.startsWith(word)));
  return has(name) ? "" : names.find(has) ?? "";
}
