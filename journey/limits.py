"""How long and how many: every map within these limits can be stored, drawn and sent.

Lengths are counted in characters (code points) after cleaning; see ``journey.wording``.
"""

TITLE_LENGTH = 40
STAGE_NAME_LENGTH = 40
SHOP_NAME_LENGTH = 60
PERSONA_NAME_LENGTH = 60
PERSONA_FIELD_LENGTH = 200
GOAL_LENGTH = 200
FEELING_LENGTH = 40
ENTRY_LENGTH = 280
ENTRIES_PER_CELL = 6
EVIDENCE_PER_ENTRY = 3
"""More than three pieces convince nobody further, and have to be looked through."""
CAPTION_LENGTH = 1024
"""Of a piece of evidence, in UTF-16 units. Telegram: a caption has at most 1024."""
FEELINGS_PER_STAGE = 2
STAGES = 8
MAPS_PER_OWNER = 100
VERSIONS_PER_MAP = 24
"""The oldest goes when there are more."""
SHARES_PER_MAP = 5
"""Links in force at once: more than that nobody keeps an eye on."""
PLANS = 60
PLANNED_AT_ONCE = 3
"""More than three things to do at once get shelved."""
DUE_WITHIN = 90
"""Days ahead for which something can be planned: what is further off is no action, but a wish."""
MEANINGS = 60
"""More than the complaints of a map: those of words that are gone make room first."""
CHECK_INS = 24
"""The oldest goes when there are more: two years of months."""
LOWEST_SCORE = 1
HIGHEST_SCORE = 5
