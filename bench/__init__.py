"""The benchmark: ratios within one run, against what a reader knows well.

A full command over REST against a plain endpoint with one INSERT, deciding without HTTP against the eventsourcing
library's own application, replay against a bare COPY and the library's projection runner. ``README.md`` says how to
read the figures. Every measure is taken several times, in turn with what it is compared with; medians count.
"""
