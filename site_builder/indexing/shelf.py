"""Articles, and what is known of each, that are decoded when somebody asks for them.

After the edit of one text a build looks at a few hundred of a hundred thousand articles.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Generic, TypeVar, overload

import msgspec

from site_builder.model import Article

K = TypeVar("K")
T = TypeVar("T")


MOST: Final = 5_000
"""So many values are held: more would be all of a large archive, in each worker."""
SMALL: Final = 10_000
"""An archive of so many articles may be held whole."""


class Recent(Generic[K, T]):
    """The values that were asked for last: `most`, and up to as many that were before."""

    __slots__ = ("_before", "_last", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._last: dict[K, T] = {}
        self._before: dict[K, T] = {}

    def get(self, key: K) -> T | None:
        """A value, or None where it is not held."""
        found = self._last.get(key)
        if found is None and (found := self._before.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: K, value: T) -> T:
        """Hold a value, and give it."""
        if len(self._last) >= self._most:
            self._before, self._last = self._last, {}
        self._last[key] = value
        return value


class Scroll(msgspec.Struct, array_like=True, dict=True):
    """Encoded values one after the other in one piece of memory, and where each ends.

    Processes that fork go on sharing it: nothing in it counts who looks at it.
    """

    data: bytes
    ends: bytes

    @classmethod
    def of(cls, values: Iterable[bytes | msgspec.Raw]) -> Scroll:
        """These values, in their order."""
        data, ends = bytearray(), array("Q")
        for value in values:
            data += value
            ends.append(len(data))
        return cls(bytes(data), ends.tobytes())

    @functools.cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        return memoryview(self.data), memoryview(self.ends).cast("Q")

    def __len__(self) -> int:
        return len(self.ends) // 8

    def __getitem__(self, place: int) -> memoryview:
        data, ends = self._views
        return data[ends[place - 1] if place else 0 : ends[place]]


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
