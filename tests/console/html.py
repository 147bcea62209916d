"""Reads a page as a screen reader would: what names a field, what an id leads to."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}
FIELDS = {"input", "select", "textarea"}


class Page(HTMLParser):
    """A page's elements; AssertionError where one is closed that was not opened, or the other way round."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        assert text.startswith("<!doctype html>")
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the one that began last."""
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        self.words.append(data.strip())

    @property
    def text(self) -> str:
        """All text."""
        return " ".join(word for word in self.words if word)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of all elements of some kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    def faults(self) -> list[str]:
        """What a browser would forgive and a person with a screen reader would pay for."""
        ids = Counter(one["id"] for _, one in self.elements if "id" in one)
        labels = {one.get("for", "") for one in self.all("label")}
        faults = [f"id {name} stands {times} times" for name, times in ids.items() if times > 1]
        faults += [f"no label: {one}" for one in self.all(*FIELDS) if one.get("id") not in labels]
        faults += [f"a label of nothing: {name}" for name in labels if name not in ids]
        for _, one in self.elements:
            told = one.get("aria-describedby", "").split() + one.get("aria-labelledby", "").split()
            faults += [f"describes nothing: {name}" for name in told if name not in ids]
            target = one.get("href", "")
            faults += [f"leads nowhere: {target}"] if target.startswith("#") and target[1:] not in ids else []
            faults += [f"not ours: {value}" for name, value in one.items() if name in ("src", "href") and "//" in value]
            faults += [f"inline: {name}" for name in one if name == "style" or name.startswith("on")]
        faults += ["no language"] if self.all("html")[0].get("lang") != "zh-CN" else []
        faults += [f"{tag} in a page" for tag, _ in self.elements if tag in ("script", "style", "iframe", "object")]
        faults += ["not one heading"] if len(self.all("h1")) != 1 else []
        faults += ["not one title"] if len(self.all("title")) != 1 else []
        faults += ["not one main part"] if len(self.all("main")) != 1 else []
        faults += ["a group without a legend"] if len(self.all("fieldset")) != len(self.all("legend")) else []
        return faults
