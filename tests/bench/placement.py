"""Placement at national scale: candidates against peers, roles, memory, and ten times the rows."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from chainmap.linkage.candidates import candidate_edges
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.lexicon import load_lexicon
from tests.shared_data import SHARED_DATA

REGISTRATIONS = SHARED_DATA / "registrations" / "registrations_1978_2004.parquet"
PARTITION = 100_000
PEER_ROWS = 100_000
NAIVE_ROWS = 4_000
"""The naive loop is timed on fewer rows: a rate needs no more."""
Edges = set[tuple[int, int]]


def report(say: Callable[[str], object]) -> None:
    """Say every figure of placement, or why there is none."""
    if not REGISTRATIONS.is_file():
        say("placement: needs ../shared/data/registrations (not part of the project)\n")
        return
    scopes = pl.read_parquet(REGISTRATIONS, columns=["scope"])["scope"]
    _candidates(scopes, say)
    _placement(say)


def _candidates(scopes: pl.Series, say: Callable[[str], object]) -> None:
    patterns = load_lexicon().patterns
    sample = scopes.head(PEER_ROWS)
    mine, ours = _timed(lambda: candidate_edges(sample, patterns))
    edges = set(ours.rows())
    rate = PEER_ROWS / mine
    say(
        f"placement candidates, {patterns.len()} words, rows per CPU second (edges as chainmap's)\n"
    )
    say(f"  {'chainmap (polars, overlapping)':<42}{rate:12,.0f}\n")
    for name, rows, peer in (
        ("pyahocorasick", PEER_ROWS, _pyahocorasick),
        ("flashtext", PEER_ROWS, _flashtext),
        ("naive loop", NAIVE_ROWS, _naive),
    ):
        try:
            find = peer(patterns.to_list())
        except ImportError:
            say(f"  {name:<42} not installed\n")
            continue
        texts = sample.head(rows).to_list()
        seconds, theirs = _timed(lambda find=find, texts=texts: find(texts))
        wanted = {edge for edge in edges if edge[0] < rows}
        found = len(wanted & theirs) / len(wanted) if wanted else 1.0
        exact = "exact" if theirs == wanted else f"finds {found:.1%}"
        peer_rate = rows / seconds
        say(f"  {name:<42}{peer_rate:12,.0f}   chainmap ÷ {rate / peer_rate:6.1f}   {exact}\n")


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    work()
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def _pyahocorasick(words: list[str]) -> Callable[[list[str]], Edges]:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return lambda texts: {
        (row, number) for row, text in enumerate(texts) for _, number in automaton.iter(text)
    }


def _flashtext(words: list[str]) -> Callable[[list[str]], Edges]:
    from flashtext import KeywordProcessor

    finder = KeywordProcessor(case_sensitive=True)
    finder.set_non_word_boundaries(set())
    for number, word in enumerate(words):
        finder.add_keyword(word, number)
    return lambda texts: {
        (row, number) for row, text in enumerate(texts) for number in finder.extract_keywords(text)
    }


def _naive(words: list[str]) -> Callable[[list[str]], Edges]:
    return lambda texts: {
        (row, number)
        for row, text in enumerate(texts)
        for number, word in enumerate(words)
        if word in text
    }


def _placement(say: Callable[[str], object]) -> None:
    """Say the figures of the whole file, once and ten times over, each in a fresh process."""
    rows, alone, full, peak = _fresh(1)
    _, _, full_ten, peak_ten = _fresh(10)
    say(f"placement of {rows:,.0f} registrations, partitions of {PARTITION:,}, CPU seconds\n")
    say(f"  {'candidates alone':<42}{alone:8.2f} s {rows / alone:12,.0f} rows/s\n")
    say(f"  {'placement with roles and model':<42}{full:8.2f} s {rows / full:12,.0f} rows/s\n")
    say(f"  {'placement ÷ candidates (goal ≤ 3)':<42}{full / alone:8.2f}\n")
    say(f"  {'peak memory (goal < 3072)':<42}{peak:8.0f} MB\n")
    say(f"  {'10 × rows: time ÷ 10 × time (goal 0.85–1.15)':<46}{full_ten / (10 * full):4.2f}\n")
    say(f"  {'10 × rows: memory ÷ memory (goal ≤ 1.3)':<42}{peak_ten / peak:8.2f}\n")


def _fresh(times: int) -> tuple[float, float, float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.placement", str(times)],
        check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    rows, alone, full, peak = map(float, done.stdout.split())
    return rows, alone, full, peak


def _partitions(times: int) -> Iterator[pl.DataFrame]:
    columns = pl.scan_parquet(REGISTRATIONS).select(company="uscc", name="name", scope="scope")
    for _ in range(times):
        yield from columns.collect_batches(chunk_size=PARTITION, maintain_order=True)


def _measure(times: int) -> None:
    """Print rows, CPU seconds of candidates alone and of placement, and peak memory in MB."""
    lexicon = load_lexicon()
    place_companies(next(_partitions(1)).head(1000))
    rows, alone, full = 0, 0.0, 0.0
    for part in _partitions(times):
        rows += part.height
        start = time.process_time()
        if times == 1:
            candidate_edges(part["scope"], lexicon.patterns)
        between = time.process_time()
        place_companies(part)
        alone, full = alone + between - start, full + time.process_time() - between
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{rows} {alone} {full} {peak}")


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
