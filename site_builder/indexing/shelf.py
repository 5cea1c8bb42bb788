"""Articles, and what is known of each, that are decoded when somebody asks for them.

After the edit of one text a build looks at a few hundred of a hundred thousand articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar, overload

from site_builder.model import Article, Trace

T = TypeVar("T")


MOST: Final = 10_000
"""So many values are held: more would be all of a large archive, in each worker."""


class Lazy(Mapping[str, T]):
    """Values by path, in the order of `paths`; each is made when it is asked for.

    It may be made again after others, so two of one path are equal and need not be the same.
    """

    def __init__(self, paths: Mapping[str, object], make: Callable[[str], T]) -> None:
        self._paths, self._make = paths, make
        self._made: dict[str, T] = {}

    def __getitem__(self, path: str) -> T:
        try:
            return self._made[path]
        except KeyError:
            if path not in self._paths:
                raise
        if len(self._made) >= MOST:
            self._made.clear()
        found = self._made[path] = self._make(path)
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class LazyTraces(Lazy[Trace]):
    """Summaries of findings, of which one number can be had alone."""

    def __init__(
        self, paths: Mapping[str, object], make: Callable[[str], Trace],
        statements: Callable[[str], int],
    ) -> None:
        super().__init__(paths, make)
        self.statements = statements


class Shelf(Sequence[Article]):
    """The articles at some `places` of `paths`, in the order of those places."""

    __slots__ = ("_of", "_paths", "_places")

    def __init__(
        self, of: Mapping[str, Article], paths: Sequence[str], places: Sequence[int]
    ) -> None:
        self._of, self._paths, self._places = of, paths, places

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> Shelf: ...

    def __getitem__(self, place: int | slice) -> Article | Shelf:
        if isinstance(place, slice):
            return Shelf(self._of, self._paths, self._places[place])
        return self._of[self._paths[self._places[place]]]

    def __len__(self) -> int:
        return len(self._places)

    @property
    def places(self) -> Sequence[int]:
        """Where they stand in the order of time."""
        return self._places

    def paths(self) -> Iterator[str]:
        """Their paths, without a look at any of them."""
        return map(self._paths.__getitem__, self._places)

    def __iter__(self) -> Iterator[Article]:
        of, paths = self._of, self._paths
        return (of[paths[place]] for place in self._places)

    def __reversed__(self) -> Iterator[Article]:
        of, paths = self._of, self._paths
        return (of[paths[place]] for place in reversed(self._places))


def paths_of(articles: Iterable[Article]) -> Iterable[str]:
    """The paths of articles, in their order."""
    return articles.paths() if isinstance(articles, Shelf) else [a.path for a in articles]
