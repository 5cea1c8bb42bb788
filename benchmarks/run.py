"""Build the same archives with site-builder and its peers, and compare what that costs.

`python -m benchmarks.run --sizes 1000,10000` prints a table and writes RESULTS.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import itertools
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import archive as source
from benchmarks import measure
from benchmarks.archive import Archive
from benchmarks.tools import HERE, TOOLS, Edit, Tool

SCENARIOS: dict[str, str] = {
    "cold": "no output and no cache",
    "nothing": "nothing changed since the last build",
    "body": "a sentence added to one article",
    "add": "one article added",
    "rename": "another name in one person's record",
    "template": "one character in the template of articles",
}
REFERENCE = "hugo"
MIB = 1 << 20


@dataclass
class Bench:
    """One tool at one size: its folders, and what was measured in each scenario."""

    tool: Tool
    site: Path
    output: Path
    costs: dict[str, list[measure.Cost]] = field(default_factory=dict)
    written: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    failure: str = ""
    undo: dict[str, str | None] = field(default_factory=dict)

    def forget(self) -> None:
        """Remove output and caches, and take back all edits."""
        shutil.rmtree(self.output, ignore_errors=True)
        for cache in self.tool.caches:
            shutil.rmtree(self.site / cache, ignore_errors=True)
        for path, text in self.undo.items():
            if text is None:
                (self.site / path).unlink(missing_ok=True)
            else:
                (self.site / path).write_text(text)
        self.undo.clear()

    def apply(self, edit: Edit) -> None:
        """Change the sources, and remember how they were."""
        if (page := self.output / edit.page).exists() and edit.proof in page.read_text():
            raise RuntimeError(f"{self.tool.name}: {edit.page} holds {edit.proof!r} already")
        for path, text in edit.files.items():
            target = self.site / path
            old = target.read_text() if target.exists() else None
            self.undo.setdefault(path, old)
            if old == text:
                raise RuntimeError(f"{self.tool.name}: the edit of {path} changes nothing")
            source.write_text(target, text)

    def build(self, limit: float) -> measure.Cost:
        """One run of the tool."""
        tool, log = self.tool, self.site.parent / "log.txt"
        cost = measure.run(
            tool.command(self.site, self.output), cwd=self.site, env=tool.environment(),
            log=log, limit=limit)
        return dataclasses.replace(cost, apart=tool.apart(log.read_text(errors="replace")))


def edit_of(bench: Bench, scenario: str, archive: Archive) -> Edit | None:
    """What changes before a build, if anything."""
    tool = bench.tool
    if scenario == "template":
        return tool.edit_template(archive, bench.site)
    made: dict[str, Callable[[Archive], Edit]] = {
        "body": tool.body, "add": tool.add, "rename": tool.rename}
    return made[scenario](archive) if scenario in made else None


def measure_one(bench: Bench, scenario: str, archive: Archive, limit: float) -> None:
    """One scenario of one tool, once; what goes wrong is kept in `bench.failure`."""
    edit = edit_of(bench, scenario, archive)
    if edit:
        bench.apply(edit)
    if scenario == "cold":
        bench.forget()
    before = measure.snapshot(bench.output)
    cost = bench.build(limit)
    after = measure.snapshot(bench.output)
    if edit and not cost.failure:
        page = bench.output / edit.page
        if not page.exists() or edit.proof not in page.read_text():
            cost = measure.Cost(cost.wall, cost.cpu, cost.peak, f"{edit.page} is not as edited")
    if cost.failure:
        bench.failure = f"{scenario}: {cost.failure}"
        say(f"  {bench.tool.name}: {bench.failure}")
        return
    bench.costs.setdefault(scenario, []).append(cost)
    bench.written.setdefault(scenario, []).append(measure.written(before, after))
    bench.pages = bench.pages or count(after)
    say(f"  {scenario:9}{bench.tool.name:20}{cost.wall:9.2f} s {cost.cpu:9.2f} s CPU"
        f" {cost.peak / MIB:8.0f} MiB")


def count(files: Iterable[str]) -> dict[str, int]:
    """Output files by kind."""
    found: Counter[str] = Counter()
    for path in files:
        room, _, rest = path.partition("/")
        kind = "other files"
        if path.endswith(".xml"):
            kind = "feeds and sitemaps"
        elif path.endswith(".html"):
            kind = "other pages"
            if re.fullmatch(r"articles/\d{4}/\d\d/[^/]*[a-z][^/]*/index\.html", path):
                kind = "articles"
            elif rest and room in ("people", "countries", "sections", "authors"):
                kind = room
            elif re.match(r"(archive|articles)/", path):
                kind = "years and months"
        found[kind] += 1
    return {**found, "all files": sum(found.values())}


KINDS = ("articles", "people", "countries", "sections", "authors", "years and months",
         "other pages", "feeds and sitemaps", "other files", "all files")


def run_size(
    size: int, runs: int, tools: Sequence[Tool], given: argparse.Namespace
) -> list[Bench]:
    """All scenarios of all tools at one size, in alternation."""
    archive = Archive(size, given.seed)
    benches = []
    for tool in tools:
        folder = given.work / str(size) / tool.name
        shutil.rmtree(folder, ignore_errors=True)
        say(f"{size:,} articles: writing the sources of {tool.name}")
        tool.write(archive, folder / "site")
        benches.append(Bench(tool, folder / "site", folder / "output"))
    for round_ in range(runs):
        say(f"{size:,} articles: run {round_ + 1} of {runs}")
        turn = benches[round_ % len(benches):] + benches[: round_ % len(benches)]
        if "cold" not in given.scenarios:
            for bench in turn:
                bench.forget()
                if not bench.failure and (cost := bench.build(given.limit)).failure:
                    bench.failure = f"cold: {cost.failure}"
        for scenario in given.scenarios:
            for bench in turn:
                if not bench.failure:
                    measure_one(bench, scenario, archive, given.limit)
    return benches


def as_data(benches: Sequence[Bench], versions: dict[str, str]) -> list[dict[str, object]]:
    """What is kept of a size, as JSON."""
    return [
        {
            "tool": bench.tool.name, "version": versions[bench.tool.name],
            "failure": bench.failure, "pages": bench.pages, "written": bench.written,
            "costs": {s: [asdict(cost) for cost in costs] for s, costs in bench.costs.items()},
        }
        for bench in benches
    ]


def table(data: Sequence[dict[str, Any]], scenarios: Sequence[str]) -> list[str]:
    """Markdown: medians, and in brackets the median of the ratios to Hugo in the same run."""
    lines = [
        "| | | wall, s | CPU, s | peak, MiB | files written | MB written |",
        "| --- | --- | --: | --: | --: | --: | --: |",
    ]
    reference = next((entry for entry in data if entry["tool"] == REFERENCE), None)
    for scenario in scenarios:
        for entry in data:
            if scenario not in entry["costs"]:
                continue
            others = reference["costs"].get(scenario, ()) if reference else ()
            cells = []
            for name, unit, digits in (("wall", 1, 2), ("cpu", 1, 2), ("peak", MIB, 0)):
                mine = [cost[name] for cost in entry["costs"][scenario]]
                shown = f"{statistics.median(mine) / unit:,.{digits}f}"
                ratios = [cost / other[name] for cost, other in zip(mine, others, strict=False)]
                if ratios and entry is not reference:
                    shown += f" ({statistics.median(ratios):.2f})"
                cells.append(shown)
            files, size = map(statistics.median, zip(*entry["written"][scenario], strict=True))
            cells += [f"{files:,.0f}", f"{size / 1e6:,.1f}"]
            lines.append(f"| {scenario} | {entry['tool']} | {' | '.join(cells)} |")
            rest = [cost["wall"] - cost.get("apart", 0.0) for cost in entry["costs"][scenario]]
            if rest != [cost["wall"] for cost in entry["costs"][scenario]]:
                ratios = [mine / other["wall"] for mine, other in zip(rest, others, strict=False)]
                shown = f"{statistics.median(rest):,.2f}"
                shown += f" ({statistics.median(ratios):.2f})" if ratios else ""
                lines.append(f"| {scenario} | its search index apart | {shown} | | | | |")
    return lines


def failures(data: Sequence[dict[str, Any]]) -> list[str]:
    """Markdown: what went wrong, so that nothing is missing silently."""
    return [
        line for entry in data if entry["failure"]
        for line in (f"{entry['tool']} is left out from then on: {entry['failure']}", "")
    ]


def machine(work: Path) -> str:
    """The machine in one line."""
    model, memory = platform.processor() or platform.machine(), ""
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        model = found[1] if found else model
        total = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
        memory = f", {int(total[1]) / MIB:.0f} GiB" if total else ""
    except OSError:
        pass
    system = f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"
    return f"{model}, {os.cpu_count()} processors{memory}, {system}, {_file_system(work)}"


def _file_system(folder: Path) -> str:
    try:
        done = subprocess.run(["df", "--output=fstype", folder], check=True,
                              capture_output=True, text=True)
        return done.stdout.split()[-1]
    except (OSError, subprocess.CalledProcessError):
        return "unknown file system"


def results(work: Path, missing: dict[str, str]) -> str:
    """The text of RESULTS.md, from all sizes that were measured in `work`."""
    parts = ["# Results", ""]
    parts += ["Written by `make bench`; [what is measured, and what is unequal](README.md).", ""]
    parts += [f"- {name} is left out: {reason}" for name, reason in missing.items()]
    for path in sorted(work.glob("results-*.json"), key=lambda p: int(p.stem.split("-")[1])):
        kept = json.loads(path.read_text())
        data = kept["tools"]
        parts += [
            "", f"## {kept['size']:,} articles", "",
            f"{kept['when']}, {_runs(kept['runs'])}; in brackets the ratio to {REFERENCE} "
            f"in the same runs. {kept['machine']}; load average before: {kept['load']:.1f}.", "",
            *table(data, list(SCENARIOS)), "", *failures(data),
            "| files after the first build | " + " | ".join(e["tool"] for e in data) + " |",
            "| --- |" + " --: |" * len(data),
            *(f"| {kind} | " + " | ".join(f"{e['pages'].get(kind, 0):,}" for e in data) + " |"
              for kind in KINDS), "",
            *(f"- {e['version']}" for e in data),
        ]
    return "\n".join(parts) + "\n"


def _runs(number: int) -> str:
    return f"medians of {number} runs, in alternation" if number > 1 else "one run"


def say(text: str) -> None:
    """Tell the one who waits."""
    print(text, file=sys.stderr, flush=True)


def installed(names: Sequence[str], folder: Path) -> tuple[list[Tool], dict[str, str]]:
    """The tools that can be had, and why the others cannot."""
    tools, missing = [], {}
    for name in names:
        tool = TOOLS[name](folder)
        try:
            say(f"installing {name}")
            tool.install()
            tool.version()
        except (OSError, subprocess.CalledProcessError, StopIteration, KeyError) as error:
            text = str(getattr(error, "stderr", "") or "").strip().splitlines()
            missing[name] = f"it cannot be installed: {text[-1] if text else repr(error)}"
        else:
            tools.append(tool)
    return tools, missing


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)

    def names(text: str) -> list[str]:
        return [part.strip() for part in text.split(",") if part.strip()]

    parser.add_argument("--sizes", default="1000,10000", type=names)
    parser.add_argument("--tools", type=names, default="site-builder,hugo,eleventy,pelican",
                        help="of " + ", ".join(TOOLS))
    parser.add_argument("--scenarios", type=names, default=",".join(SCENARIOS))
    parser.add_argument("--runs", type=names, default="3,1",
                        help="for each size; the last number goes on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=3600, help="seconds for one build")
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--installed", type=Path, default=HERE / ".tools")
    parser.add_argument("--results", type=Path, default=HERE / "RESULTS.md")
    parser.add_argument("--keep", action="store_true", help="keep sources and outputs")
    given = parser.parse_args()
    for known, asked in ((TOOLS, given.tools), (SCENARIOS, given.scenarios)):
        if unknown := [name for name in asked if name not in known]:
            parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    given.scenarios = [name for name in SCENARIOS if name in given.scenarios]
    given.work, given.installed = given.work.resolve(), given.installed.resolve()
    given.work.mkdir(parents=True, exist_ok=True)
    tools, missing = installed(given.tools, given.installed)
    versions = {tool.name: tool.version() for tool in tools}
    for name, reason in missing.items():
        print(f"{name} is left out: {reason}")
    runs = [int(number) for number in given.runs]
    for size, times in zip(
        map(int, given.sizes), itertools.chain(runs, itertools.repeat(runs[-1])), strict=False
    ):
        load = os.getloadavg()[0]
        data = as_data(run_size(size, times, tools, given), versions)
        kept = {
            "size": size, "runs": times, "machine": machine(given.work), "load": load,
            "when": dt.datetime.now(dt.UTC).date().isoformat(), "tools": data,
        }
        (given.work / f"results-{size}.json").write_text(json.dumps(kept))
        print(f"\n{size:,} articles\n")
        print("\n".join([*table(data, given.scenarios), "", *failures(data)]), flush=True)
        if not given.keep:
            shutil.rmtree(given.work / str(size))
    given.results.write_text(results(given.work, missing))


if __name__ == "__main__":
    main()
