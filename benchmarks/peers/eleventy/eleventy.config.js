import { readFileSync } from "node:fs";
import anchor from "markdown-it-anchor";

const PAGE_SIZE = 40;
const FEED_SIZE = 50;
const ORIGIN = "https://bench.example";
const ROOMS = { people: "people", countries: "countries", authors: "authors", section: "sections" };
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** The pages of a list at `url`; each gets what `more` holds. */
function pages(url, articles, more) {
  const count = Math.ceil(articles.length / PAGE_SIZE);
  const address = (n) => (n === 1 ? url : `${url}page/${n}/`);
  return Array.from({ length: count }, (_, i) => ({
    ...more, url: address(i + 1), articles, number: i + 1, count,
    items: articles.slice(i * PAGE_SIZE, (i + 1) * PAGE_SIZE),
    newer: i ? address(i) : "", older: i + 1 < count ? address(i + 2) : "",
  }));
}

/** Key → the articles that `keys` gives it, in the order of the articles. */
function grouped(articles, keys) {
  const found = new Map();
  for (const article of articles)
    for (const key of keys(article)) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(article);
    }
  return found;
}

const month = (article) => article.date.toISOString().slice(0, 7);
const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

export default function (config) {
  let site; // worked out once a build, from the articles, the newest first

  config.amendLibrary("md", (md) => md.use(anchor, { tabIndex: false }));
  config.on("eleventy.before", () => { site = undefined; });

  function work(api) {
    if (site) return site;
    const records = JSON.parse(readFileSync("data/people.json", "utf8"));
    const articles = api.getFilteredByTag("article").reverse();
    const terms = {};
    for (const [field, room] of Object.entries(ROOMS)) {
      terms[room] = new Map();
      for (const [key, found] of grouped(articles, (a) => [a.data[field]].flat())) {
        const record = room === "people" ? records[key] : undefined;
        const url = `/${room}/${record?.slug ?? slug(key)}/`;
        terms[room].set(key, { room, record, url, name: record?.name ?? key, articles: found });
      }
    }
    const months = grouped(articles, (a) => [month(a)]);
    const years = [...grouped([...months.keys()], (label) => [label.slice(0, 4)])].map(
      ([year, labels]) => ({
        year, url: `/archive/${year}/`,
        months: labels.map((label) => ({
          label, url: `/archive/${label.replace("-", "/")}/`, articles: months.get(label),
        })),
      }));
    const place = new Map(articles.map((article, i) => [article.url, i]));
    site = { articles, terms, years, place };
    return site;
  }

  config.addCollection("newest", (api) => work(api).articles);
  config.addCollection("years", (api) => work(api).years);
  config.addCollection("rooms", (api) =>
    Object.entries(work(api).terms).map(([room, found]) => ({
      room, url: `/${room}/`,
      terms: [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      top: [...found.values()].sort((a, b) => b.articles.length - a.articles.length).slice(0, 12),
    })));
  config.addCollection("terms", (api) =>
    Object.values(work(api).terms).flatMap((found) =>
      [...found.values()].flatMap((term) =>
        pages(term.url, term.articles, {
          name: term.name, record: term.record,
          years: [...grouped(term.articles, (a) => [month(a).slice(0, 4)])].reverse(),
        }))));
  config.addCollection("months", (api) =>
    work(api).years.flatMap((year) =>
      year.months.flatMap((m) => pages(m.url, m.articles, { name: m.label }))));
  config.addCollection("feeds", (api) => [
    { name: "The Benchmark Record", url: "/", articles: work(api).articles.slice(0, FEED_SIZE) },
    ...Object.values(work(api).terms).flatMap((found) =>
      [...found.values()].map(({ name, url, articles }) => (
        { name, url, articles: articles.slice(0, FEED_SIZE) }))),
  ]);

  config.addGlobalData("origin", ORIGIN);
  config.addGlobalData("title", "The Benchmark Record");
  config.addFilter("day", (date) => DAY.format(date));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("terms", (names, room) => [names].flat().map((name) => site.terms[room].get(name)));
  config.addFilter("neighbours", (url) => {
    const at = site.place.get(url);
    return { newer: site.articles[at - 1], older: site.articles[at + 1] };
  });
  config.addFilter("headings", (html) =>
    [...html.matchAll(/<h([23]) id="([^"]+)">(.*?)<\/h\1>/g)].map(([, level, id, text]) => (
      { level, id, text })));
  config.addFilter("mentions", (people, countries) => [
    ...people.map(({ name, url }) => ({ "@type": "Person", name, url: ORIGIN + url })),
    ...countries.map(({ name, url }) => ({ "@type": "Country", name, url: ORIGIN + url })),
  ]);

  return {
    dir: { input: "content", includes: "../_includes" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
