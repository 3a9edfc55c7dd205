"""The bank that `quizbot bank new` writes: three small questions to replace, each showing one more thing."""

from __future__ import annotations

from quizbot.text import one_line

STARTER = """\
{modeline}
#
# Your bank. What follows works as it is: replace it bit by bit, and check after each bit with
#   quizbot bank check {file}
# Text after "#" is a comment. Indent with spaces. A text with ": " or " #" in it needs 'quotes'.
# A long text goes below "key: >", indented.
schema: 1
bank: {bank}  # the bank's name in commands; records go by it, so keep it once you use it
title: {title}
topic: {bank}  # what one chooses in the app; several banks may share a topic

questions:
  # 1. The shortest question: what is asked, and a model answer to compare with. A fine beginning; sharpen it later.
  - id: feature-store
    level: mid  # entry, mid or senior
    ask: What is a feature store good for?
    answer: >
      It computes each feature once, keeps it, and serves the same values to training and to the live model.
      Teams share features instead of writing them again, and training and serving stay consistent.

  # 2. A question with concepts: the things a good answer says. Each is marked by itself, explained and asked after.
  - id: data-leakage
    level: entry
    ask: What is data leakage, and how do you prevent it?
    concepts:
      - id: what
        name: the model sees what it will not have in production
        worth: 2  # twice as important as the other
        any:  # one of these keywords earns it; its words stand near each other, in any order and inflection
          - information|data|feature|target future|test|validation|answer  # "a|b" is either word in this place
          - not available|known|have prediction|production|serving
        hint: Think of what is known on the day of the prediction.
        probe: What does the model get to see that it should not?
      - id: prevent
        name: split first, fit the preprocessing on the training part only
        any:
          - split before|first
          - fit|compute scaler|preprocessing|statistics training|train
          - split by_time|time_based|chronologically  # "by_time" are two words that follow each other
        hint: In which order do you split and prepare the data?
        probe: How would you set up the preparation of the data so that it cannot happen?
    answer: >
      Data leakage means that the model learns from information of the future or of the test set, which it will not
      have in production. I split the data before anything else and fit the preprocessing on the training part only.
    also:  # other good answers, in other words: each must earn at least 70
      - It learns from features that are not known at prediction time. Split by time, and fit the scaler on train only.
    examples:  # the question's own tests: what somebody might say, and what that must earn
      - say: The model gets information from the test set.
        mark: 67
        earns: [what]
        misses: [prevent]
      - say: You split the data first.
        mark: 33
        earns: [prevent]
        misses: [what]
      - say: It is when the data centre loses water.
        mark: 0

  # 3. "at_least" of several, and a misconception that costs points.
  - id: slow-model
    level: mid
    ask: A model answers too slowly in production. What can you do about it?
    concepts:
      - id: measure
        name: measure first where the time goes
        any:
          - measure|profile|profiling|trace
          - find|locate|where bottleneck|slow|time
        hint: What do you do before you change anything?
        probe: How do you know which part is the slow one?
      - id: remedies
        name: at least two remedies
        worth: 2
        at_least: 2  # each one found earns its half
        of:
          - quantize|quantization|half_precision
          - smaller|simpler|pruned model
          - distil|distillation
          - cache|caching
          - batch|batching requests|inputs|together
          - gpu|hardware|accelerator
        hint: You can change the model, the machine, or how often it is asked.
        probe: What would you change in the model, and what around it?
    misconceptions:
      - id: more-data
        any:
          - more|additional training_data|training_examples
        costs: 1
        say: More training data does not make a model answer any faster.
    answer: >
      First I profile the service to find the bottleneck. Then I use a smaller or quantized model, cache frequent
      answers, batch requests together, or move to better hardware.
    also:
      - I would measure where the time goes, distil it into a smaller model and put a cache in front.
    examples:
      - say: Profile it, then quantize the model and cache the answers.
        mark: 100
      - say: I would cache the answers.
        mark: 33
        misses: [measure]
      - say: Find the bottleneck.
        mark: 33
        earns: [measure]
        misses: [remedies]
      - say: Collect more training data.
        mark: 0
        hits: [more-data]
"""


def starter(bank: str, file: str, modeline: str) -> str:
    """Return the text of a new bank: valid, with passing tests, and a comment at each thing one meets first.

    `bank` is its id, `file` how to name its file in a command, `modeline` the line that leads editors to the schema.
    """
    title = bank.replace("-", " ").capitalize()
    return STARTER.format(bank=bank, file=one_line(file), modeline=modeline, title=title)
