"""What each figure means, as it stands beside the figure."""

from typing import Final

PAGE: Final = (
    "For supervisors. Made of records without texts or personal data, one per conversation, "
    "written when it has become quiet: the latest are not counted yet. Days are Melbourne's."
)
NOTHING_YET: Final = (
    "No conversation that began on these days has been counted yet. One is counted when nothing "
    "more has been said in it for a while, an hour unless it is set otherwise, and nobody waits in "
    "it for a person. Then the following is shown here."
)
CONVERSATION: Final = (
    "Begun on these days, with at least one message of the customer's. Somebody who writes again "
    "after a long silence, and is not waiting for a person, begins another conversation."
)
RESOLVED: Final = (
    "Of conversations with a problem: answered, no person needed, and nobody back about the same "
    "order within 7 days. The last 7 days can still get worse."
)
HANDOVERS: Final = "A person was asked for or took over, whether or not one came."
SATISFIED: Final = "Of those who rated: 4 or 5 of 5."
ANSWER: Final = "Median time from a customer's message to the assistant's first answer to it."
NOT_UNDERSTOOD: Final = "Of the messages that the assistant read: taken for nothing it knows."
DAYS: Final = "Each conversation counts on the day on which it began."
PROBLEMS: Final = (
    "What the customer's messages were taken for. A conversation with several problems counts once "
    "for each, so that the rows add up to more than all conversations."
)
RESOLUTION_PARTS: Final = (
    "Each of the three parts, of conversations with a problem. Answered: what the customer wrote "
    "last was understood and got an answer. Back: another conversation about the same order began "
    "within 7 days of the end of this one."
)
REASONS: Final = "Each request for a person counts, with the reason that was noted at the time."
TIMES: Final = (
    "Several messages in a row wait from the first of them. The queue's times are those of "
    "customers whom an agent reached. Half are quicker than the median, 95 of 100 than the "
    "95th percentile."
)
QUEUE_ENDS: Final = "Each stay in the queue, by what came after it."
CLOCKS: Final = (
    "Each moment of a conversation counts for one side: for the queue while a person is waited "
    "for, else for whoever has to speak next. After an answer that is the customer."
)
RATINGS: Final = "Each rated conversation counts once; the first score stands."
MISSED: Final = (
    "Messages taken for nothing that the assistant knows. They can be read, without personal data, "
    "with make review."
)
HEADLINES: Final = {
    "Conversations": CONVERSATION,
    "Resolved": RESOLVED,
    "Needed a person": HANDOVERS,
    "Satisfied": SATISFIED,
    "Assistant's answer": ANSWER,
    "Not understood": NOT_UNDERSTOOD,
}
SECTIONS: Final = {
    "Conversations per day": DAYS,
    "Problems and channels": PROBLEMS,
    "Resolution": RESOLUTION_PARTS,
    "Why a person was needed": REASONS,
    "Times": TIMES,
    "How waiting ended": QUEUE_ENDS,
    "Whose time it was": CLOCKS,
    "Ratings": RATINGS,
    "What was not understood": MISSED,
}
