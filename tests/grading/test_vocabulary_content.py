"""What the shipped vocabulary says is right: no answer is marked up for another word of the field, none down for a typo.

The pairs and spellings were thought up from the field, without looking at the vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from quizbot.bank.model import Vocabulary
from quizbot.bank.vocabulary import load_vocabulary
from quizbot.grading.grade import grade
from quizbot.grading.lexicon import content
from quizbot.grading.mark import State
from tests.conftest import load

SHIPPED = Path(__file__).parents[2] / "questions" / "vocabulary.yaml"

NEVER = """
    quantile/quartile, deviation/derivation, memoization/memorization, throughput/throughout, sharded/shared
    poisoning/poisson, poison/poisson, parity/purity, parity/rarity, compliance/complaint, compliant/complaint
    encryption/decryption, join/joint, exception/expectation, except/exception, thread/threat, tuple/triple
    dictionary/directory, schema/scheme, ingestion/injection, leakage/linkage, content/context, alert/alter
    active learning/activity learning, activation/active, adapter/adaptive, additive/adaptive, pooling/polling
    convolution/convoluted, consistency/consists, contrastive/contrast, prompt/promptly
    grounding/rounding, temporal/temporary, spatial/partial, reward/regard, action/auction, impression/compression
    impression/expression, power/powerful, treatment effect/effective treatment, derivative/derivation
    instrumental/instrumentation, differentiable/differential, determinant/determined, deterministic/determined
    inverse/reverse, sparse/parse, staff/stuff, intern/internal, internal/internet, recruitment/requirement
    utilization/utility, federated/federal, subjective/subject, commitment/commit, application/applicant
    authentic/authentication, iterator/iteration, logarithm/algorithm, scalar/scaler, mode/model, latency/latent
    role/rule, mask/task, clipping/flipping, recurrent/concurrent, recurrent/current, reducible/irreducible
    stateful/stateless, mutable/immutable, lossy/lossless, quantization/quantification, fusion/confusion
    diffusion/confusion, calibration/collaboration, offload/overload, perplexity/complexity, capacity/capability
    anonymization/pseudonymization, ordinal/original, ordinal/cardinal, nominal/normal, heap/head, leaf/leak
    stack/stock, transaction/translation, transition/translation, consumer/customer, isolation/insulation
    proximal/proximity, semantic/syntactic, precision/permission, autoregressive/regressive, intercept/interrupt
    stationary/nonstationary, homogeneity/heterogeneity, interpretable/uninterpretable, identifiable/unidentifiable
    multimodal/unimodal, monolith/monotonic, univariate/universal, oversmoothing/smoothing, precompute/recompute
    bidirectional/unidirectional, intracluster/intercluster, prefill/prefix, epsilon/upsilon, corpus/corpse
    elasticity/plasticity, attention/attentive, generative/genetic, generic/genetic, generic/generative
    inductive/transductive, micro average/macro average, pretraining/posttraining, upweight/downweight
    extractive/abstractive, hyperplane/plane, unigram/bigram, sublinear/superlinear, quadratic/quadrant
    covariate/variate, prediction/predicate, propagation/proportion, oversampling/undersampling
    recall at k/precision at k, l1 norm/l2 norm, r squared/chi squared, row store/column store
    data lake/data leak, hinge loss/huge loss, bandit/bandwidth, softmax/softmin, argmax/argmin, max pooling/min pooling
    sigmoid/sigma, attention/retention, kernel/kennel, lemma/llama, beam/bean, logits/logistics, gradient/grading
    covariance/convergence, residual/residence, momentum/momentary, epoch/epic, corpus/campus, caption/capture
    pixel/pickle, anchor/author, stride/strike, cohort/effort, variant/variance, churn/chunk, retention/detention
    lineage/linear, partition/participation, broker/broken, commit/comet, container/contention, node/mode, helm/help
    probe/prove, token/taken, claim/chain, audit/edit, consent/consensus, fairness/firmness, protected/projected
    disparate/desperate, explain/explore, surrogate/aggregate, coalition/collision, saliency/salary, trust/thrust
    ethics/metrics, revenue/reverse, margin/merging, forecast/broadcast, horizon/horizontal, season/reason, trend/tread
    spectral/special, impute/impulse, winsorize/summarize, bucket/budget, binning/pinning, binning/winning
    encoder/recorder, hashing/washing, stream/steam, batch/bash, window/widow, watermark/benchmark, parse/pause
    cursor/curse, recursion/excursion, closure/clause, inheritance/inference, override/overhead, mocking/marking
    fixture/mixture, coverage/convergence, leverage/average, negotiate/navigate, mentor/vendor, ownership/leadership
    promotion/proportion, deadline/baseline, conflict/conflate, pilot/pivot, insight/hindsight, stemming/streaming
    calibrated/miscalibrated, labelled/mislabelled, specified/misspecified, ranking/reranking, linear/multilinear
    task/multitask, modal/multimodal, threaded/multithreaded, centralized/decentralized, noise/denoise
    construct/reconstruct, activate/deactivate, trained/untrained, trained/retrained, stable/unstable
    observed/unobserved, measured/unmeasured, censored/uncensored, explained/unexplained, normalized/unnormalized
    accurate/inaccurate, reliable/unreliable, complete/incomplete, duplicates/deduplicates, tree/trie, anova/manova
    anova/ancova, device/devise, app/api, math/path, pairwise/likewise, descending/detrending, precision/imprecision
    cross-entropy/perplexity, mean/median, epochs/batches, sensitivity/specificity, bagging/stacking, item/user
    row/column, cpu/gpu, cpus/gpus, rnns/cnns, top-k/top-p, fp16/bf16, p95/p99, o(n)/o(n^2), l1/l2, type 1/type 2
"""
"""Pairs of which neither may earn a keyword that is the other."""

ALWAYS = """
    overfit: over-fit, over fit, overfits, overfitted; generalization: generalisation, generalizaton, generalistion
    normalization: normalisation, normalizaton; hyperparameter: hyper-parameter, hyperparamter, hyperparameters
    backpropagation: back-propagation, back propagation, backprop, back prop, backpropogation, back-prop
    gradient descent: gradiant descent, gradient decent; learning rate: learning-rate, learningrate, learning rates
    fine-tuning: finetuning, fine tuning, fine tune, finetune; pretrained: pre-trained, pre trained
    dataset: data set, data-set, datasets; cross-validation: cross validation, crossvalidation, cross validate
    regularization: regularisation, regularize, regularised; recurrent: recurent, reccurent; gaussian: guassian
    eigenvalue: eigen value, eigenvalues, eigen-value; embedding: embeddings, embeding; softmax: soft-max, soft max
    transformer: tranformer, transfomer, transformers; convolutional: convolutionnal, convolutinal
    heteroscedasticity: heteroskedasticity; kubernetes: k8s, kubernets; bias: biases, bais; behaviour: behavior
    neighbour: neighbor, neighbors, nieghbor; labelled: labeled; modelling: modeling; colour: color
    tokenization: tokenisation, tokenizing; quantization: quantisation, quantized; optimizer: optimiser, optimizers
    logistic regression: logisitic regression, logistic-regression, logreg; random forest: random forrest, random forests
    multicollinearity: multi-collinearity, multicolinearity; batch normalization: batch-norm, batchnorm, batch norm
    k-means: kmeans, k means; time series: time-series, timeseries; one-hot: one hot, onehot
    precision: precission, presicion; recall: reccall; imbalanced: unbalanced, imballanced; softmax: sofmax
    threshold: treshold, threshhold, thresholds; inference: inferrence; latency: latencies; throughput: through-put
    principal component analysis: principle component analysis, pca; entropy: entrophy; kernel: kernal
    A/B test: ab test, a/b-test, a-b test, ab-testing; tf-idf: tfidf, tf idf; variance: variences; matrix: matrices
    anonymize: anonymise, anonymized; containerize: containerise, containerised; reproducibility: reproducability
    stakeholder: stake holder, stakeholders, stake-holders; trade-off: tradeoff, trade off, trade-offs
    retrieval augmented generation: retrieval-augmented generation, rag; artefact: artifact; catalogue: catalog
    mini-batch: minibatch, mini batch; real-time: real time, realtime; open source: open-source, opensource
    feature store: featurestore, feature-store; data lake: data-lake, datalake; decision tree: decision-tree
    asynchronous: async, asynchronus; dimensionality: dimentionality, dimensionalty; outlier: out-lier, outliers
    nearest neighbour: nearest neighbor, nearest-neighbors; autoencoder: auto-encoder, auto encoder
    neural network: nueral network, neural netwrok; regression: regresion; classification: classifcation, classify
    accuracy: accuarcy; algorithm: algoritm; perceptron: perceptorn; attention: attension, attenton; momentum: momemtum
    stochastic: stocastic, stochatic; dropout: dropuot; sigmoid: sigmod; probability: probablity; hypothesis: hypotesis
    distribution: distrubution; significance: signficance; correlation: correlaton; covariance: covarience
    deterministic: determinstic; environment: enviroment; deployment: deploymnet; monitoring: montioring
    pipeline: pipline; database: databse; container: contanier; scalability: scalablity; availability: availablity
    recommender: recomender, recommenders; personalization: personalisation; seasonality: seasonlity
    forecasting: forcasting, forecast; segmentation: segmentaion; detection: detecton; retrieval: retreival
    hallucination: halucination; parallel: paralell; privacy: privicy; fairness: fariness
    explainability: explainabilty; communication: comunication, communicate; prioritize: prioritise, prioritising
    explanation: explain, explains; representation: represents; noise: noisy; comparison: comparing; decision: decides
    assumption: assumes; maintenance: maintain; retention: retain; sparsity: sparse; conversion: convert
"""
"""What is written for each keyword, and must earn it."""


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    vocabulary, problems = load_vocabulary(SHIPPED.read_bytes(), SHIPPED.name)
    assert not problems
    return vocabulary


@pytest.fixture(scope="module")
def earns(shipped: Vocabulary) -> Callable[[str, str], bool]:
    """Say whether an answer of these words earns a keyword."""

    def ask(said: str, keyword: str, topic: str = "anything") -> bool:
        bank = load(
            f"""
            schema: 1
            bank: b
            title: B
            topic: {topic}
            questions:
              - id: q
                kind: skill
                level: entry
                ask: Which one?
                concepts: [{{id: c, name: C, any: ["{keyword}"]}}]
                answer: "{keyword}"
            """,
            shipped,
        )
        return grade(bank.questions[0], f"That is the {said}.").concepts[0].state is State.EARNED

    return ask


def test_no_word_earns_what_it_is_mistaken_for(earns: Callable[[str, str], bool]) -> None:
    pairs = [pair.strip().split("/") for pair in NEVER.replace("\n", ",").split(",") if pair.strip()]
    assert len(pairs) > 100
    both = [(said, keyword) for a, b in pairs for said, keyword in ((a, b), (b, a))]
    assert [f"“{said}” earns “{keyword}”" for said, keyword in both if earns(said, keyword)] == []


def test_words_are_known_however_they_are_spelt(earns: Callable[[str, str], bool]) -> None:
    lines = [line.split(":") for line in ALWAYS.replace("\n", ";").split(";") if line.strip()]
    cases = [(said.strip(), keyword.strip()) for keyword, spellings in lines for said in spellings.split(",")]
    assert len(cases) > 100
    failed = [f"“{said}” does not earn “{keyword}”" for said, keyword in cases if not earns(said, keyword)]
    assert len(failed) <= len(cases) // 20, failed


def test_nothing_means_the_same_as_what_it_is_parted_from(shipped: Vocabulary) -> None:
    """In no topic, and however the phrases are spelt."""
    for topic in topics(shipped):
        held = shipped.within(topic)
        apart = {frozenset(map(content, pair)) for group in held.apart for pair in combinations(group, 2)}
        same = {frozenset(map(content, pair)) for group in held.same for pair in combinations(group, 2)}
        assert same & apart == set(), topic


def test_nothing_is_in_two_lines_of_one_topic(shipped: Vocabulary) -> None:
    """Two lines with one phrase would be one line, or a word with two meanings.

    What holds in a topic may add an abbreviation to a phrase of several words that a line has for all topics.
    """
    assert twice(shipped) == []
    for topic in topics(shipped):
        assert [phrase for phrase in twice(shipped.within(topic)) if len(phrase) == 1] == [], topic


def twice(vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    lines = Counter(phrase for group in vocabulary.same for phrase in {content(words) for words in group})
    return [phrase for phrase, times in lines.items() if times > 1]


def topics(vocabulary: Vocabulary) -> tuple[str, ...]:
    return ("anything", *sorted({topic for named, _ in vocabulary.by_topic for topic in named}))
