"""What the gateway and the worker themselves say to customers, in one place.

Everything the assistant says about orders is worded in data/responses/; these sentences are
needed exactly when that part cannot be reached.
"""

ANSWER_DELAYED = (
    "Sorry, I can't answer right now because of a problem on our side. I've kept your message "
    "and I'll reply here as soon as I can. You don't need to send it again."
)
TURN_FAILED = (
    "Sorry, something went wrong on our side and I couldn't answer that message. "
    "Please try asking again in other words."
)
NO_ANSWER = (
    "Sorry, I don't have an answer to that. I can tell you where an order is: send me the order "
    "number with the email or phone number you used at checkout."
)

PICTURE_ONLY = "(A picture or another attachment, without words)"
CANNOT_SEE_PICTURES = (
    "Sorry, I can't open pictures or attachments here. Please tell me in words what it's about."
)

EMPTY_TEXT = "Please write a message first."
TEXT_TOO_LONG = "Your message is longer than {limit:,} characters. Please send a shorter one."
BODY_TOO_LARGE = "That is more than the {limit:,} bytes we accept in one request."
WRONG_SHAPE = "We couldn't read that request. {problems}"
TEXT_OR_QUICK_REPLY = "Send exactly one of text and quick_reply."
SIGNATURE_INVALID = "The signature of this request is missing, wrong or too old."
NOT_JSON = "The body is not valid JSON."
UNKNOWN_QUICK_REPLY = "That choice isn't available in this chat. Please type your answer instead."
NOTICE_NOT_GENUINE = "This does not show that it comes from the vendor."
NOTICE_UNREADABLE = "This is not one of the vendor's notices."
CHAT_UNKNOWN = "We no longer keep this chat. Please start a new one."
CHAT_CLOSED = "This chat has ended. Please start a new one."
TOKEN_MISSING = "Send this chat's token in the Authorization header."  # noqa: S105 - a sentence
TOKEN_INVALID = "This chat's token is not valid or has expired. Please start a new chat."  # noqa: S105
TOKEN_FOREIGN = "This token belongs to another chat."  # noqa: S105
SIGN_IN_EXPIRED = "Your sign-in has expired. Please sign in again, or chat without signing in."
SIGN_IN_INVALID = "We couldn't confirm your sign-in. Please sign in again, or chat without it."
TOO_MANY_MESSAGES = (
    "You're sending messages faster than we can take them. Please try again in {seconds} seconds."
)
TOO_MANY_CHATS = (
    "Too many chats were started from your connection. Please try again in {seconds} seconds."
)
TOO_MANY_OPEN_CHATS = (
    "Too many chats are open from your connection. Please end one of them, or try again in "
    "{seconds} seconds."
)
TRY_AGAIN_SOON = "We can't take messages right now. Please try again in a moment."
UNEXPECTED = "Something went wrong on our side. Please try again."
NO_TEXT_MESSAGE = "This is no message and no status of one."
NO_APP_MESSAGE = "Send a JSON object with user, and text or choice."
POST_REPLAYED = "This was posted and taken before, too long ago to be sent again."
NOT_READY = "A message could not be answered right now. Missing: {missing}."
NOT_FOUND = "There is nothing at this address."
METHOD_NOT_ALLOWED = "This address does not take that kind of request."

SOMEWHERE_IN_QUEUE = "You're in the queue for a person."
NEXT_IN_QUEUE = "You're next in the queue for a person."
PLACE_IN_QUEUE = "You're number {position} in the queue for a person."
WAIT_ABOUT = "It should take about {minutes} {unit}."
WAIT_UNKNOWN = "I can't say how long it will take."
MEANWHILE = (
    'You can go on asking me while you wait. If you no longer need anyone, say "never mind".'
)
TICKET = (
    "Nobody is free to chat right now, so I've asked for somebody to get back to you. Your "
    "reference is {reference}. Everything you told me goes with it."
)
OPENS_AT = "They're back {time}, Melbourne time."
CONTACT_KNOWN = "They'll answer here, or by the email or phone you gave me."
CONTACT_WANTED = (
    "They'll answer here. To be called or emailed instead, send me the phone number or email."
)
CONTACT_NOTED = "Thanks, I've put that on request {reference}. They'll reach you there."
AGENT_JOINED = "{name} has joined the chat."
PASSED_ON = "{name} is passing you on to a colleague, who can see everything so far."
AGENT_LOST = (
    "I'm sorry, {name} seems to have lost the connection. The next person can see everything so "
    "far."
)
LEFT_QUEUE = "No worries, you're out of the queue. I'm still here if there's anything else."
ASSISTANT_AGAIN = (
    "{name} has left the chat. I'm the assistant again, an automated helper, and I know what was "
    "settled: you don't have to repeat anything."
)
OFFER_CALL_BACK = (
    "I'm sorry this is taking so long. You can keep your place and wait on, or somebody gets back "
    "to you instead."
)
CHAT_ENDED = "This chat has ended. Thanks for getting in touch."
OUR_TEAM = "Our team"
ASK_RATING = "How did we go? A rating helps us do better."
ASSISTANT_FAILED = (
    "Sorry, something went wrong on our side and I couldn't answer that message. I'll get a person "
    "to look at it."
)
TICKET_IS_OPEN = (
    "Nobody is free to chat right now. Your request {reference} is with them, and somebody will "
    "get back to you."
)

# What is read at the desk.
DESK_NOT_SIGNED_IN = "Please sign in."
DESK_WRONG_CREDENTIALS = "User name or password is not right."
DESK_TOO_MANY_TRIES = "Too many tries. Please try again in {seconds} seconds."
DESK_WRONG_PAGE = "This did not come from the desk's own page. Please reload it."
DESK_SUPERVISORS_ONLY = "Only supervisors can do this."
INSIGHTS_WRONG_DAYS = (
    "These days cannot be shown. Give days like 2026-11-28, the earlier one first, not in the "
    "future, and at most 92 of them."
)
DESK_NOT_YOURS = "This conversation is not yours any more."
DESK_SEATS_TAKEN = "All seats are taken. Close or pass on a conversation first."
DESK_CUSTOMER_STOPPED = "The customer replied STOP. Nothing may be sent until they reply START."
DESK_AGENT_UNKNOWN = "There is no such agent."
DESK_NOT_NOW = "That cannot be done as the conversation stands now. Please reload it."
DESK_WRONG_ORDER_NUMBER = "That is no order number. Please check it."
DESK_NO_SUCH_ORDER = "The order system has no order of this number."
DESK_ACTIONS_UNAVAILABLE = "The order systems cannot be reached right now. Please try again soon."
# What agents at the desk of another product read, as notes in its conversation.
OUTSIDE_STOPPED = (
    "Not delivered: the customer replied STOP. Nothing may be sent until they reply START."
)
OUTSIDE_WINDOW = (
    "Not delivered: the customer last wrote more than 24 hours ago, and their app takes no message "
    "until they write again."
)
OUTSIDE_ENDED = "Not delivered: this chat has ended. What the customer writes next begins another."
OUTSIDE_OVERTAKEN = "Not delivered: somebody else took this chat over just then."
OUTSIDE_ATTACHMENT = "The attachment was not delivered: only words can be passed on."
OUTSIDE_GAVE_BACK = "A person has dealt with it."

DESK_NOT_VISIBLE = "Only supervisors can open a conversation that nobody was asked to take over."
