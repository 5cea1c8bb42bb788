"use strict";
(() => {
  const entry = performance.getEntriesByType("navigation")[0];
  const timing = (entry && entry.serverTiming) || [];
  const mine = timing.find((t) => t.name === "preview");
  const always = timing.some((t) => t.name === "preview-always");
  let seen = mine ? mine.description : null;
  let source = null;
  let box = null;

  const affects = (news) => {
    let path = location.pathname;
    try { path = decodeURIComponent(path); } catch { return true; }
    if (!path.startsWith(news.base + "/")) return true;
    path = path.slice(news.base.length + 1);
    if (path === "" || path.endsWith("/")) path += "index.html";
    return news.changed.some((file) => file === path || !/\.(html|xml|json|txt)$/.test(file));
  };

  const element = (name, kind, text) => {
    const made = document.createElement(name);
    made.className = "site-builder-preview-" + kind;
    made.textContent = text;
    return made;
  };

  const close = () => { if (box) box.remove(); box = null; };

  const show = (news) => {
    close();
    if (document.documentElement.hasAttribute("data-preview-plain")) return;
    if (!news.failed && !news.problems.some((p) => p.severity !== "note")) {
      sessionStorage.removeItem("site-builder-dismissed");
      return;
    }
    const mark = JSON.stringify([news.failed, news.summary, news.problems]);
    if (sessionStorage.getItem("site-builder-dismissed") === mark) return;
    box = element("section", "box", "");
    box.id = "site-builder-preview";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Problems");
    const button = element("button", "close", "Dismiss");
    button.type = "button";
    button.addEventListener("click", () => {
      sessionStorage.setItem("site-builder-dismissed", mark);
      close();
    });
    box.append(button, element("p", "summary", news.summary));
    const list = element("ol", "list", "");
    for (const problem of news.problems) {
      const item = element("li", problem.severity, "");
      item.append(element("code", "place", problem.place), element("p", "message", problem.message));
      if (problem.hint) item.append(element("p", "hint", problem.hint));
      list.append(item);
    }
    box.append(list);
    const more = news.total - news.problems.length;
    if (more > 0) box.append(element("p", "more", "and " + more + " more"));
    document.body.append(box);
  };

  const open = () => {
    if (source) return;
    source = new EventSource("/__preview__/events");
    source.addEventListener("build", (event) => {
      const news = JSON.parse(event.data);
      if (seen !== null && news.version !== seen) {
        if (always || news.previous !== seen || affects(news)) { location.reload(); return; }
      }
      seen = news.version;
      show(news);
    });
  };
  const shut = () => { if (source) source.close(); source = null; };

  // Browsers allow six connections to a server: tabs in the background give theirs back.
  const attend = () => (document.hidden ? shut() : open());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", shut);
  addEventListener("pageshow", attend);
  attend();
})();
