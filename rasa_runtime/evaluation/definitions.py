"""What the figures mean, in the words that every report uses."""

DEFINITIONS = {
    "refusal": (
        "A message is refused, or taken for out of scope, when the whole pipeline's intent is "
        "out_of_scope or nlu_fallback. Either counts as the label out_of_scope: right for an "
        "out-of-scope message, wrong for every other."
    ),
    "accuracy": "Share of all counted messages whose intent is the labelled one.",
    "accuracy_in_scope": "The same among messages with another label than out_of_scope.",
    "macro_f1": (
        "Mean of the F1 of all intents, out_of_scope among them, with at least 30 messages in the "
        "data; each counts the same."
    ),
    "macro_f1_all": "The same over all intents in the data, however few messages they have.",
    "oos_recall": "Share of the out-of-scope messages that are refused.",
    "oos_false_alarm": "Share of the in-scope messages that are refused.",
    "precision_recall_f1": (
        "Of one intent: share of the messages taken for it that are it; share of its messages that "
        "are recognised; harmonic mean of both. An intent that is never predicted has precision 0."
    ),
    "n": (
        "Messages counted: those with a text and with an intent that the assistant knows. A "
        "predicted intent that no label uses counts as wrong."
    ),
    "interval": "Wilson's score interval at 95%.",
    "milliseconds": "Time the model takes for one message, one after the other, after a warm-up.",
}
