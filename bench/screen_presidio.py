#!/usr/bin/env python3
"""Times Presidio's analyzer: screen_presidio.py PLAIN_JSON [MODEL] [--roll CSV]

Without MODEL a blank English pipeline of spaCy stands in for a names model, so that what is timed
is the pattern recognisers alone; with MODEL (an installed spaCy package) its names as well. --roll
adds a deny list of the roll's names. Prints the median and the 99th of a hundred microseconds a
post, and memory. Time is what the process has had on a processor, as for Handrail.
"""

import csv
import json
import resource
import sys
import time

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, PatternRecognizer
from presidio_analyzer.nlp_engine import SpacyNlpEngine


# Its list of endings of domains comes with the package; without this it would ask the network.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())


class Ready(SpacyNlpEngine):
    """An engine with a pipeline that is there already."""

    def __init__(self, pipeline):
        super().__init__()
        self.nlp = {"en": pipeline}


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    roll = None
    if "--roll" in sys.argv:
        roll = sys.argv[sys.argv.index("--roll") + 1]
        words.remove(roll)
    with open(words[0], encoding="utf-8") as file:
        posts = json.load(file)
    pipeline = spacy.load(words[1]) if len(words) > 1 else spacy.blank("en")
    analyzer = AnalyzerEngine(nlp_engine=Ready(pipeline), supported_languages=["en"])
    if roll:
        with open(roll, encoding="utf-8") as file:
            names = [row["name"] for row in csv.DictReader(file)]
        analyzer.registry.add_recognizer(
            PatternRecognizer(supported_entity="ROLL_NAME", deny_list=names))
    analyzer.analyze(posts[0], "en")
    times = []
    # Bounded: a few hundred posts are enough for a median.
    for post in posts[:300]:
        start = time.process_time()
        analyzer.analyze(post, "en")
        times.append((time.process_time() - start) * 1e6)
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"median {times[len(times) // 2]:.0f} us, "
          f"99 % under {times[len(times) * 99 // 100]:.0f} us, {memory} MiB")


if __name__ == "__main__":
    main()
