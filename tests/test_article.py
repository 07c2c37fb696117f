from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

import archiver
from archiver import article
from archiver.article import Article
from tests.support.records import full_article

PARTS = [cls for cls in vars(article).values() if isinstance(cls, type) and dataclasses.is_dataclass(cls)]


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.__name__)
def test_values_are_frozen_and_slotted(cls):
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)


def test_an_article_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        full_article().title = "x"  # type: ignore[misc]


def test_an_article_of_nothing_has_everything_absent():
    empty = Article()
    assert empty.title is None
    assert empty.authors == ()
    assert empty.body.text == ""
    assert empty.capture is None
    assert empty.schema == article.SCHEMA_VERSION
    assert empty.archiver == archiver.__version__


def test_two_articles_share_no_evidence():
    assert Article().evidence is not Article().evidence


def test_the_package_offers_what_it_names():
    for name in archiver.__all__:
        assert getattr(archiver, name) is not None


def test_the_package_has_nothing_else():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        archiver.nothing  # noqa: B018


def test_importing_the_package_imports_nothing_of_it():
    code = "import sys, archiver; print([name for name in sys.modules if name.startswith('archiver.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
