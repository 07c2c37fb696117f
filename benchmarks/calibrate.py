"""The weights of the body finder, from labelled pages: `.venv/bin/python benchmarks/calibrate.py [--write | --held-out]`.

Tuned are the numbers of `rules/hints.py`, `phrases.py` and `measures.py`. The rows themselves, the limits of the step tables
and the thresholds of `content.py` are not. Each row in turn, in the order of the files, is tried some steps up and down; the
best step stays if it betters the objective by more than `MARGIN` and worsens it on neither half of the pages (parted by
host). That is one round. Nothing is random, and nothing is kept on disk.

The objective is the mean of two figures, both as `../shared/bench/score.py` defines them: word F1 of the kept blocks on
`articles`, whose bodies are labelled whole, and snippet F1 on `mixed`, which has a few snippets a page, but more languages
and more news.

--check      the objective with the weights as they stand, and what one more round would change (the default)
--write      rounds until one changes nothing, at most three; the numbers are replaced in the rule files, and nothing else
--held-out   five folds by host: three rounds on four of them, begun with the signs of the weights alone, all of size one;
             then the figures of the fifth. With `--every 2` some seven minutes on two cores, the others take one or two

docs/adr/0007-weights-from-labelled-pages.md says why it is done so, and what came out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.labelled_pages import BENCH, FOLDS, LARGEST_STEP, MILLION, Pages, Tally, Weights, added, labels_and_digest
from benchmarks.weight_places import places, write

STEPS = (-LARGEST_STEP, -0.3, 0.3, LARGEST_STEP)
MARGIN = 0.0002
LARGEST = 8.0
ROUNDS = 3
ARTICLES_PART = 0.5
ALL = frozenset(range(FOLDS))
HALVES = (slice(0, 5), slice(5, 10))


def figures(tally: Tally) -> tuple[float, float]:
    """F1 on `articles` and snippet F1 on `mixed`."""
    f1, bodies, kept, wanted, leaked = tally
    return f1 / MILLION / (bodies or 1), 2 * kept / ((kept + leaked + wanted) or 1)


def objective(tally: Tally) -> float:
    """What is to be made as large as possible."""
    f1, snippet_f1 = figures(tally)
    return ARTICLES_PART * f1 + (1 - ARTICLES_PART) * snippet_f1


def both(tally: Tally) -> Tally:
    """The tally of both halves together."""
    return tuple(map(sum, zip(tally[:5], tally[5:], strict=True)))


def gain(tally: Tally, difference: Tally) -> float:
    """By how much `difference` betters the objective; 0 where it worsens that of a half."""
    after = added((tally, difference))
    if any(objective(after[half]) < objective(tally[half]) for half in HALVES):
        return 0.0
    return objective(both(after)) - objective(both(tally))


def tune_once(pages: Pages, weights: Weights, folds: frozenset[int]) -> int:
    """One round over the rows; `weights` are changed in place, and how many were is returned."""
    pages.ask("reset", weights)
    tally = pages.tally(folds)
    changed = 0
    for row, weight in weights.items():
        steps = [step for step in STEPS if allowed(row, weight, round(weight + step, 1))]
        differences = pages.differences(row, steps, folds)
        best, step, difference = max(zip((gain(tally, each) for each in differences), steps, differences, strict=True))
        if best > MARGIN:
            weights[row] = round(weight + step, 1)
            print(f"  {row:20} {weight:5.1f} -> {weights[row]:5.1f}  +{best:.4f}", flush=True)
            pages.ask("move", row, step)
            tally = added((tally, difference))
            changed += 1
    return changed


def allowed(row: str, weight: float, moved: float) -> bool:
    """Whether the row may weigh `moved`: a hint or phrase keeps the sign that its reason gives it."""
    return abs(moved) <= LARGEST and (not row.startswith(("Hint ", "Phrase ")) or moved * weight > 0)


def report(title: str, tally: Tally) -> None:
    """Prints the figures of a tally."""
    whole = both(tally)
    f1, snippet_f1 = figures(whole)
    print(f"{title:12} objective {objective(whole):.4f}   f1 {f1:.4f}   snippet_f1 {snippet_f1:.4f}", flush=True)


def tune(pages: Pages, weights: Weights, *, rounds: int) -> None:
    """Prints the figures as the weights stand, and those after each round."""
    report("as it stands", pages.tally(ALL))
    for _ in range(rounds):
        changed = tune_once(pages, weights, ALL)
        pages.ask("reset", weights)
        report(f"{changed} changed", pages.tally(ALL))
        if not changed:
            break


def held_out(pages: Pages, weights: Weights) -> None:
    """Prints the fitted and the held-out figures of each fold, and the held-out ones of all."""
    apart = []
    for fold in sorted(ALL):
        rest = ALL - {fold}
        tuned = {row: float((weight > 0) - (weight < 0)) for row, weight in weights.items()}
        for _ in range(ROUNDS):
            if not tune_once(pages, tuned, rest):
                break
        pages.ask("reset", tuned)
        apart.append(pages.tally(frozenset({fold})))
        report(f"{fold} fitted", pages.tally(rest))
        report(f"{fold} held out", apart[-1])
    report("all held out", added(apart))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="what one more round would change (the default)")
    mode.add_argument("--write", action="store_true", help="tune, and replace the numbers in the rule files")
    mode.add_argument("--held-out", action="store_true", help="tune on four folds, report the fifth")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only, for a quick look")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print(f"nothing to learn from: {BENCH} is missing")
        return
    labels, digest = labels_and_digest()
    print(f"input        {len(labels)} pages, sha256 {digest}", flush=True)
    weights = {row: place.value for row, place in places().items()}
    pages = Pages(labels[:: options.every], weights)
    if options.held_out:
        held_out(pages, weights)
        return
    tune(pages, weights, rounds=ROUNDS if options.write else 1)
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
