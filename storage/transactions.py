"""One transaction, with everything that can be kept or found in it."""

from sqlalchemy import Connection

from storage.answers import Answers
from storage.evidence import Evidence
from storage.facts import Facts
from storage.feedback import Feedback
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.maps import Maps
from storage.outbox import Outbox
from storage.owners import Owners
from storage.pictures import Pictures
from storage.recipes import Recipes
from storage.reminders import Reminders
from storage.retention import Retention
from storage.shares import Shares
from storage.unmatched import Unmatched
from storage.versions import Versions


class Transaction:
    """What ``Database.write`` and ``Database.read`` hand to their work; of no use afterwards."""

    def __init__(self, connection: Connection) -> None:
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.owners = Owners(connection)
        self.maps = Maps(connection)
        self.versions = Versions(connection)
        self.shares = Shares(connection)
        self.answers = Answers(connection)
        self.evidence = Evidence(connection)
        self.jobs = Jobs(connection)
        self.pictures = Pictures(connection)
        self.recipes = Recipes(connection)
        self.feedback = Feedback(connection)
        self.unmatched = Unmatched(connection)
        self.facts = Facts(connection)
        self.reminders = Reminders(connection)
        self.retention = Retention(connection)
