"""A build on a Dask cluster: a real scheduler and real workers, as processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Options, build
from site_builder.problems import Refusal
from tests.conftest import ROOT
from tests.pipeline.test_build import article, tree

pytest.importorskip("distributed", reason="the extra [dask] is not installed")


class Cluster:
    """A scheduler and two workers."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.processes = [self._start("scheduler", "--port", "0", "--no-dashboard")]
        while not self.file.exists() or not self.file.read_text().strip():
            time.sleep(0.05)
        self.processes += [
            self._start("worker", "--no-nanny", "--nthreads", "1", "--no-dashboard")
            for _ in range(2)
        ]

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file",
             str(self.file), *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=self.file.parent,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"]).replace("tcp://", "dask://")

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    from distributed import Client

    with Client(cluster.address.replace("dask://", "tcp://")) as client:
        client.wait_for_workers(2, timeout=60)
    yield cluster
    cluster.stop()


@pytest.fixture
def site(make_site: Callable[..., Path]) -> Path:
    return make_site({
        f"content/articles/{n}.md": article(
            f"Title {n}", f"20{10 + n % 9}-0{1 + n % 9}-11", people=f"[Person {n % 7}]",
            countries="[Iran, Iraq]", tags=f"[t{n % 4}]", draft="yes" if n % 50 == 0 else "no",
            body=f"See [it]({(n + 1) % 400}.md).\n\n## Part\n\n“It rains,” Person {n % 3} said. "
                 "Mona Writer met Person 1 in Oslo.")
        for n in range(400)
    } | {"content/people/p.md": "---\nname: Person 1\nslug: first\n---\nA life.\n"},
        '[checks]\nbroken_links = "warning"\n')


def test_a_cluster_makes_the_same_site(site: Path, cluster: Cluster) -> None:
    report = build(Options(site=site, executor=cluster.address))
    assert report.published
    again = build(Options(site=site, output=site.parent / "alone", jobs=1, clean=True))
    assert tree(site / "public") == tree(site.parent / "alone")
    assert report.problems == again.problems
    assert (site / "public/statements/index.html").exists()
    (site / "content/people/mona.md").write_text("---\nname: Mona Writer\n---\nA poet.\n")
    (site / "content/people/p.md").write_text("---\nname: Person 1\nwithhold: true\n---\n")
    build(Options(site=site, executor=cluster.address))  # the workers know the old records
    build(Options(site=site, output=site.parent / "later", jobs=1, clean=True))
    assert tree(site / "public") == tree(site.parent / "later")


def test_a_worker_that_is_killed_midway_costs_nothing(site: Path, cluster: Cluster) -> None:
    killed: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "making pages" and done < total and not killed:
            killed.append(stage)
            cluster.processes[-1].send_signal(signal.SIGKILL)

    build(Options(site=site, executor=cluster.address), progress=progress)
    assert killed
    build(Options(site=site, output=site.parent / "alone", jobs=1, clean=True))
    assert tree(site / "public") == tree(site.parent / "alone")


@pytest.mark.parametrize("executor", ["dask://127.0.0.1:1", "threads"])
def test_an_executor_that_does_not_answer_is_wrong_use(site: Path, executor: str) -> None:
    options: dict[str, Any] = {"site": site, "executor": executor}
    with pytest.raises(Refusal) as caught:
        build(Options(**options))
    assert caught.value.exit_code == 2
    assert caught.value.problems[0].code == "CF006"
